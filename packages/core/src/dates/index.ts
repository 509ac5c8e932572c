export { type DatePrecision, isoText, offsetMinutes, offsetText, partsAt } from './calendar.ts';
export { type DateContext, type FoundDate, findDates, hintOffset, parseDate, parseEpoch } from './find-dates.ts';
export { type ZoneChoice, zoneFor } from './zones.ts';
