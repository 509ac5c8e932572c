/**
 * The small words that every text of a language is full of. An article shows dozens of them, so counting them tells the
 * languages of Latin script apart as well as large n-gram tables do, without the hundred milliseconds and tens of
 * megabytes that loading such tables costs every process.
 */
export const functionWords: Readonly<Record<string, string>> = {
  en: 'the of and to in a is that for it as was with be by on not he his but at are this have from or had an they which one you were her all she there would their we him been has when who will more no if out so said what up its about into than them can only other new some could time these two may then do first any my now such like our over man me even most made after also did many before must through',
  de: 'der die das und in den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch man sein wurde sei ihr seine wenn können kann gegen vom wir schon ich unter diese seit jetzt uns ihre keine',
  fr: 'le la les de des du et à un une en est que qui dans pour pas sur ne se plus par au aux avec ce cette sont il elle son sa ses mais ou où comme on nous vous ils elles être avait été a ont leur leurs tout fait aussi bien sans entre après deux même très selon dont peut depuis ces était contre',
  es: 'el la los las de del y a en un una que es por para con no se su al lo como más pero sus le ya o fue este ha sí porque esta entre cuando muy sin sobre también me hasta hay donde quien desde todo nos durante todos uno les ni contra otros ese eso había ante ellos son está según dijo años',
  pt: 'o a os as de do da dos das e em no na nos nas um uma que é por para com não se ao à mais como mas foi ele ela seu sua seus são ser tem já também pelo pela pelos até isso entre era depois sem mesmo quando muito está você foram há ainda sobre pode disse eu anos segundo',
  it: 'il lo la i gli le di del della dei delle e è un una in nel nella che per con non si da dal dalla su sul sono come più anche ma al alla ai alle ha ho hanno questo questa suo sua loro se dopo ci molto essere stato stata era tutto tra fra quando chi cui già due anni senza ancora solo contro',
  nl: 'de het een en van in is dat op te zijn met voor die niet aan er om ook als dan maar bij of uit nog naar door over ze zich hij tot hebben werd wordt heeft deze kan al meer geen zou wel worden dit veel was wat moet na onder tegen haar zo ons we ik je jaar volgens',
  sv: 'och att det i en som är på av för med till den har inte om ett han men var sig från så vi kan när år säger de nu hade skulle eller efter hon vid mot ska ut jag där under ha kommer blir varit sin mycket man över också alla hur',
  da: 'og i at det er en til på af for med den der som de ikke har et han var men sig om vi hun kan så fra skal ved eller være blev efter jeg også mod nu sin år været havde op over hvor når kun mange ud meget siger bliver hvis dem',
  no: 'og i det er på som en at av til for med den har ikke de et han var men seg om vi hun kan så fra skal ved eller være ble etter jeg også mot nå sin år vært hadde opp over hvor når bare mange ut sier blir mye hva dem noe etter selv mellom hvis',
  fi: 'ja on ei että oli se hän mutta ovat myös kun joka mukaan niin olla jos kuin ole sen sitä vain tai nyt jo voi hänen sekä eivät mitä kanssa siitä sitten vielä myös ollut kuitenkin vuoden vuonna jälkeen ennen koko olisi tämä tämän ovat jotka siinä',
  is: 'og að í á er sem til um var við en það með ekki af hann hefur fyrir frá verið þess segir þá þar eru hún eftir sé þetta hafa upp ég verður voru sér',
  pl: 'w i na z że się nie do to jest o od po jak dla za przez ale był są tym tylko może przed tego jego już oraz ma być czy także które który która pod także jej ich co było gdy lub sobie jako bardzo będzie została został roku jednak kiedy',
  cs: 'a v na se je že s z do to i o ve pro za by k jako od po ale byl jsou který která které také jeho však podle není nebo už při jen aby být bylo jsem mezi až ještě než pak další má si před tak když bude let roku',
  sk: 'a v na sa je že s z do to aj o vo pre za by k ako od po ale bol sú ktorý ktorá ktoré tiež jeho však podľa nie alebo už pri len aby byť bolo som medzi až ešte než potom ďalší má si pred tak keď bude rokov roku',
  hu: 'a az és hogy nem is egy de ez meg volt csak el mint már azt még ki van vagy be lesz fel ha minden majd kell nagyon akkor szerint között után lehet pedig amely ami aki sem így itt ezt vele két több ezért',
  ro: 'și în de la a cu pe nu este o că din un care pentru mai sunt au fost ce se sau după dar cel lui prin această acest fi ca să am între unei unui ale lor fost până doar acum aceste spus ani',
  hr: 'je i u na se da su za od s o ne koji kao ali bi što to iz po nije sve biti samo koja koje još bio nakon već prema će može kako ili bila ima jer uz bez prije sam smo te također godine',
  sl: 'je in v na se da so za od z o ne ki kot pa bi to iz po ni vse biti samo tudi še bil že bo lahko kako ali bila ima ker brez pred sem smo med ob tem leta pri kar bodo',
  tr: 've bir bu da de için ile olarak çok daha olan gibi kadar sonra ne var ise en olduğu ama değil o her göre olduğunu ya iki yeni büyük türkiye dedi tarafından etti üzerinde diye şu ancak içinde yıl gün arasında',
  vi: 'và của là có không được cho các một trong những người với đã khi này ra để từ đến ở về năm cũng như nhiều theo vào trên sẽ tại phải lại thì đó nhưng còn sau bị nước',
  id: 'yang dan di dari untuk dengan ini pada itu dalam tidak akan ke oleh adalah juga telah sebagai ada bisa atau karena mereka kata saya kami lebih sudah tersebut dapat orang tahun hari menjadi saat bahwa namun seperti para secara',
  ms: 'yang dan di dari untuk dengan ini pada itu dalam tidak akan ke oleh adalah juga telah sebagai ada boleh atau kerana mereka kata saya kami lebih sudah tersebut dapat orang tahun hari menjadi ketika bahawa namun seperti beliau turut serta katanya daripada ialah',
  ca: 'el la els les de del i a en un una que és per amb no es al com més però seva seu ja o va aquest aquesta ha perquè entre quan molt sense sobre també fins hi on qui des tot han són està segons dels pel als ser anys',
  et: 'ja on ei et see oli ta kui ka oma mis aga või kes seda ning olid ole nii veel üks välja pärast tema siis juba kuid mida kõik eesti nad olla selle sellest aasta aastal ma peab',
  lv: 'un ir ar no par ka uz kas tas ko bet arī kā pēc tika var to nav līdz vai lai būs bija gan pie šo tiek kurā jau viņš tās gada pret latvijas',
  lt: 'ir yra kad į su iš kaip tai bet buvo ne apie už nuo po tik dar jis jo šio šis taip pat gali bus jau jų prie dėl metų lietuvos o kurie tačiau',
  sq: 'dhe në të e i një që për me nga është se ka si nuk më do por ishte kjo ky u janë pas edhe duke këtë ai kanë deri mund tha',
  sw: 'na ya wa kwa ni katika za la kuwa hiyo huo baada hii huyo cha kama lakini wake alisema watu yake hata pia hivyo nchini ambao mwaka',
  tl: 'ang ng sa na mga at ay ni si para ito hindi kung may nang din rin mula ayon dahil siya niya isang kay pa ko lang kaya',
  la: 'et in est non ad ut cum quod qui ex sed si quae de per esse sunt nec ab enim aut autem etiam eius quam atque hoc ac nam quo sit dolor ipsum lorem amet',
};
