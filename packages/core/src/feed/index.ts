export { type Feed, type FeedFailure, type FeedFormat, type FeedItem, ITEMS_MAX } from './feed.ts';
export { type FeedPage, readFeedPage } from './links.ts';
export { readMachineDate } from './machine-date.ts';
export { parseFeed, sniffFeed } from './parse-feed.ts';
export type { XmlFailure } from './xml.ts';
