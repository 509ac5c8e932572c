import type { Placement } from '../placement.ts';

/** Stories of edge.broken.test: each is an ordinary article that is served in an unusual way. */
const placed = (path: string, story: string, published: string, reporter: string): Placement => ({
  path: `/story/${path}.html`,
  story,
  published,
  section: 'story',
  lead: { agency: '边城网', reporters: [reporter] },
  source: ['边城网'],
  editor: '丁一',
});

export const edgePlacements = {
  plain: placed('plain', 'dust-warning', '2025-03-21 15:44', '葛林'),
  etag: placed('etag', 'clinic-night', '2024-10-17 08:15', '葛林'),
  modified: placed('last-modified', 'museum-night', '2025-07-13 09:26', '秦朗'),
  gzip: placed('gzip', 'marathon', '2024-05-12 18:37', '秦朗'),
  brotli: placed('brotli', 'opera', '2023-04-11 10:09', '秦朗'),
  zstd: placed('zstd', 'campus-football', '2025-05-30 12:51', '葛林'),
  slow: placed('slow', 'elder-care', '2024-04-12 07:33', '葛林'),
  large: placed('large', 'potato', '2025-10-10 11:28', '秦朗'),
  truncated: placed('truncated', 'heating', '2022-10-13 14:02', '葛林'),
  wrongCharset: placed('wrong-charset', 'farm-reading', '2022-11-22 16:19', '秦朗'),
  wrongCharsetBack: placed('wrong-charset-2', 'snow-road', '2021-12-05 09:48', '秦朗'),
  doubled: placed('double-encoded', 'well-water', '2026-10-20 10:30', '秦朗'),
  tracked: placed('tracked', 'railway', '2023-06-16 10:57', '葛林'),
  noindex: placed('noindex', 'night-market', '2023-07-04 09:00', '葛林'),
  private: placed('private', 'bridge', '2026-09-12 09:00', '葛林'),
  nofollow: placed('nofollow', 'herb', '2021-10-29 09:00', '秦朗'),
  nofollowPage: placed('nofollow-page', 'vaccine', '2025-08-27 09:00', '秦朗'),
} as const;
