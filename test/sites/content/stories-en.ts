import type { Stories } from './story.ts';

export const storiesEn = {
  'ice-jam': {
    headline: 'Ice jam breaks early on the Cedar, sparing downtown Riverton',
    paragraphs: [
      'A six-mile ice jam on the Cedar River broke apart before dawn Tuesday, a week earlier than forecasters had expected, and the water that had crept to within nine inches of the Front Street flood wall fell back by noon.',
      'City crews had spent the weekend stacking sandbags behind the library and the old mill. Public Works Director Dana Whitlock said about 14,000 bags were in place when the ice moved, and that none of them got wet.',
      '“We heard it before we saw it,” Whitlock said. “It sounded like freight cars coupling, one after another, for about ten minutes.”',
      'Hydrologists with the county credited two days of thin clouds and a steady south wind, which rotted the ice from above while the current worked on it from below. A slower breakup, they said, would have pushed the crest above 17 feet.',
      'The river gauge at Mill Bend read 12.4 feet at 4 p.m. and was falling. The flood watch expires at midnight, but residents of Lower Landing were asked to keep basement pumps plugged in until the weekend.',
    ],
  },
  'school-buses': {
    headline: 'School board votes to buy nine electric buses',
    paragraphs: [
      'The Riverton school board voted 5-2 on Monday to replace nine diesel buses with electric ones, the largest single purchase in the district’s history and one that will be paid for mostly with state money.',
      'The $3.1 million contract covers the buses, ten chargers and five years of battery service. A state clean-air grant pays for 80 percent of it. The district will cover the rest with money it had set aside for engine overhauls.',
      'Board member Carl Ostrander, who voted against the plan, questioned whether the buses could handle the 41-mile Prairie Creek route in January. Transportation chief Lucia Benavides said a loaner bus had run that route for three weeks last winter and never came back with less than a third of its charge.',
      'The first four buses are due in August. Drivers will train on them over the summer, and students on the Oak Hill and Prairie Creek routes will be the first to ride.',
    ],
  },
  'grain-elevator': {
    headline: 'Co-op to reopen the Halsey grain elevator after six idle years',
    paragraphs: [
      'Farmers north of Riverton will have a place to sell this fall’s corn without a 50-mile drive. The Tri-County Co-op said Thursday it will reopen the Halsey elevator, shut since a 2019 fire, in time for harvest.',
      'The co-op’s members approved a $6.8 million rebuild in March. The new leg can move 20,000 bushels an hour, twice the old one, and a dust-control system now covers every transfer point.',
      '“The math was simple,” said general manager Peg Lindqvist. “Our members were burning four dollars in diesel for every hundred bushels they hauled to the river.”',
      'The reopening restores eleven jobs. It may also bring back the short-line railroad, which stopped serving Halsey when the elevator closed. The line’s owner said it is inspecting nine miles of track and will decide by July.',
      'Not everybody is cheering. Two neighbors asked the county board to limit truck traffic on Elevator Road to daylight hours, a request the board will hear on June 12.',
    ],
  },
  'night-clinic': {
    headline: 'Night clinic opens in a former shoe store, and the waiting room fills',
    paragraphs: [
      'The sign still says Brandt’s Shoes. But since last week the storefront on Third Avenue has held six exam rooms, a small lab and, on opening night, 43 patients who had nowhere else to go after five o’clock.',
      'The Third Avenue Night Clinic is open from 5 p.m. to midnight, Monday through Saturday. It takes walk-ins, charges on a sliding scale and is staffed by nurse practitioners from the county hospital.',
      'Hospital president Dr. Anil Deshmukh said a third of the emergency department’s evening visits last year were for earaches, sprains and other complaints that did not need an emergency room. Those patients waited, on average, three hours and ten minutes.',
      'Marisol Peña brought her son, who had a fever, at seven. They were home by eight. “I kept waiting for somebody to tell us we were in the wrong place,” she said.',
      'A two-year grant from the Halloran Foundation covers rent and half of the salaries. Deshmukh said the clinic would need about 35 patients a night to pay its own way after that.',
    ],
  },
  'overtime-win': {
    headline: 'Lady Otters win in double overtime to reach state final',
    paragraphs: [
      'Junior guard Tess Abernathy stole an inbounds pass and scored at the buzzer of the second overtime Friday night, and Riverton beat top-ranked Marlow 71-69 to reach the state final for the first time since 1998.',
      'Abernathy finished with 28 points and seven steals. Center Joy Okafor added 17 rebounds before she fouled out with a minute left in the fourth quarter.',
      'Marlow led by eleven at halftime. Coach Renee Stroud switched to a full-court press in the third quarter, and the Otters forced nine turnovers in the next ten minutes. “We were tired,” Stroud said. “They were more tired.”',
      'Riverton (26-3) plays Saint Brendan (28-1) for the title at 2 p.m. Sunday in the capital. The school will run three fan buses; seats are ten dollars.',
    ],
  },
  meteor: {
    headline: 'A fireball over five counties, and a hunt for what fell',
    paragraphs: [
      'Hundreds of people in five counties saw a fireball cross the sky on Sunday evening, and by Monday morning about forty of them were walking the stubble fields west of Corliss with magnets on sticks.',
      'Astronomers at Plains State University said the object was probably the size of a microwave oven and that doorbell cameras in Riverton and Corliss gave them enough angles to work out its path. It came in from the northeast at 34,000 miles an hour and broke up 19 miles above the ground.',
      '“There is a good chance that pieces about as big as a walnut reached the surface,” said Dr. Hana Sörensen, who leads the university’s meteor network. She put the likely strewn field at two miles by half a mile.',
      'Anyone who finds a dark, unusually heavy stone should photograph it, note the place and wrap it in foil without touching it, Sörensen said. Meteorites belong to the owner of the land they fall on.',
    ],
  },
  'library-tools': {
    headline: 'Need a belt sander? The library will lend you one',
    paragraphs: [
      'Library cards in Riverton are now good for belt sanders, pressure canners and a telescope. The public library opened its “library of things” on Saturday with 212 items and, by closing time, had lent 90 of them.',
      'The idea came from a suggestion box. Over the winter librarians asked what people had bought and used only once; carpet cleaners, tile saws and tents led the list. Donations from two hardware stores and the Rotary club filled most of the shelves.',
      'Loans run for seven days and are free. A borrower has to be 18 and sign a waiver for anything with a blade. Each item carries a laminated card that explains it in English, Spanish and Somali.',
      'Librarian Howard Tran said the waiting list for the telescope already runs into September. “That tells me we should buy a second telescope,” he said.',
    ],
  },
  'covered-bridge': {
    headline: 'Volunteers finish rebuilding the Tull Creek covered bridge',
    paragraphs: [
      'The Tull Creek covered bridge, which a flood lifted off its abutments in 2023, carried a wagon across the creek again on Saturday, drawn by two Percherons and watched by about 600 people.',
      'Volunteers numbered every timber they could recover from the floodplain. Sixty percent of the oak in the finished bridge is original, said Walt Pruitt, a retired shop teacher who ran the project. The rest was sawn from trees that came down in the same storm.',
      'The bridge now sits four feet higher, on concrete faced with the old sandstone. The county contributed $240,000; bake sales, a raffle and an anonymous check for $50,000 brought in the rest.',
      'It is open to walkers and cyclists. Cars, for the first time since 1871, will have to go around.',
    ],
  },
  'smoke-days': {
    headline: 'Wildfire smoke pushes air quality to “unhealthy” for a third day',
    paragraphs: [
      'Smoke from fires in Canada kept the sky over the valley the color of weak tea on Wednesday, and the county health department extended its air-quality alert through Friday morning.',
      'Monitors in Riverton read 168 at noon, in the range that is considered unhealthy for everyone. Summer camps moved indoors, and the Thursday farmers market was called off.',
      'County health officer Dr. Ruth Kowalczyk said emergency rooms had seen twice the usual number of asthma patients since Monday. She urged people with heart or lung disease to stay inside with windows shut and, if they have no filter, to come to one of four clean-air rooms.',
      'The clean-air rooms are at the library, the senior center and both fire stations, and are open from 8 a.m. to 9 p.m.',
      'A cold front due Friday should shift the wind to the northwest and clear the worst of it, the National Weather Service said.',
    ],
  },
  'town-theatre': {
    headline: 'The Orpheum’s curtain rises again, this time on solar power',
    paragraphs: [
      'When the lights went down at the Orpheum on Thursday night, the audience of 480 applauded before anybody had come on stage. The 1924 theater had been dark for nine years.',
      'The $9 million restoration kept the plaster cherubs and the Wurlitzer organ. It also put 212 solar panels on the roof, which director Maya Feld said will cover two-thirds of the building’s electricity.',
      'The opening show was a local one: “Low Water,” a musical about the 1936 drought by Riverton High School teacher Simon Achterberg, with a cast of 31 that ranges in age from 8 to 84.',
      'Upcoming dates include a touring string quartet, a wrestling night and free silent films on the first Sunday of each month, with the organ.',
    ],
  },
  'fare-free': {
    headline: 'A year without bus fares: ridership up 38 percent, costs up less',
    paragraphs: [
      'Riverton Transit stopped collecting fares a year ago this week. Since then ridership has grown by 38 percent, buses run faster and the agency has spent less than it feared, according to a report presented to the city council on Tuesday.',
      'Fares had brought in $610,000 a year, about nine percent of the budget. Dropping them saved $170,000 in cash handling and fare-box repairs. The council covered the gap with parking-meter revenue.',
      'Because riders now board through both doors, the average stop is eleven seconds shorter. On the Crosstown line that adds up to seven minutes a run, enough to add a trip each hour without another bus.',
      'Drivers’ complaints about fare disputes fell to zero. Complaints about crowding doubled. Council member Ida Rosales asked the agency to price two more buses for the 8 a.m. peak.',
      'The council will decide in September whether to make the policy permanent.',
    ],
  },
  'water-main': {
    headline: 'Boil-water notice lifted after 100-year-old main is replaced',
    paragraphs: [
      'About 2,300 households on the east side can drink from the tap again. The city lifted its boil-water notice at 6 a.m. Saturday after two rounds of samples came back clean.',
      'The notice followed a break on Wednesday in a cast-iron main under Garfield Street that was laid in 1922. Crews found a crack 11 feet long and replaced a full block of pipe rather than patch it.',
      'Residents should run cold taps for five minutes, empty ice makers and replace refrigerator filters, utility manager Grant Oyelaran said.',
      'The city has 19 miles of pipe of the same age. At the present pace it would take 26 years to replace it; a bond measure on the November ballot would cut that to nine.',
    ],
  },
  'bees-campus': {
    headline: 'Students count 64 species of wild bee on one campus lawn',
    paragraphs: [
      'A lawn that Plains State University stopped mowing three years ago is home to 64 species of wild bee, including two that had not been recorded in the county since the 1950s, biology students reported on Friday.',
      'The students netted, photographed and released more than 3,000 bees over two summers. A mowed lawn of the same size across the street had nine species.',
      '“Nobody planted anything,” said Professor Imogen Castellanos, who teaches the field course. “The seeds were there. We just stopped cutting their heads off.”',
      'The university saved about $4,200 a year in fuel and labor. It will leave another six acres unmowed next spring, with a path cut through so that people can see what is flying.',
    ],
  },
  'farm-lease': {
    headline: 'Young farmers get a foothold on city-owned land',
    paragraphs: [
      'Four families will start farming this spring on land that Riverton bought forty years ago for an airport that was never built. The city is leasing 120 acres in small plots for ten years at a time, at half the going rent.',
      'The leases favor people under 40 who do not own land. Sixty-one applied. The winners plan to grow garlic, cut flowers, goats for milk and a Hmong rice that has never been raised commercially in the county.',
      'Land prices have doubled in seven years, and the average farmer in the county is 59. “You can’t buy in on vegetable money,” said Kao Lee Vang, 31, who has sold greens at the market since she was nine.',
      'The city will pay for a well, a deer fence and a shared cooler. In return tenants must keep a 50-foot strip along Tull Creek planted with grass.',
    ],
  },
} as const satisfies Stories;
