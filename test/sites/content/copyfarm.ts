import type { Placement } from '../placement.ts';

/** Copies of other sites' pages. The texts are kept clean here; the template mangles them. */
export const copyfarmPlacements: readonly Placement[] = (
  [
    ['bus-line', '2026-04-08', '龙源网', ['周怡', '陈立']],
    ['school-lunch', '2025-05-01', '龙源网', ['何雨桐']],
    ['observatory', '2023-09-02', '西部社', ['冯朗', '赵一鸣']],
    ['library', '2022-11-10', '龙源网', ['何雨桐']],
    ['vaccine', '2025-08-28', '河西新闻网', ['苏文']],
    ['river-clean', '2024-06-30', '龙源网', ['邓一凡']],
    ['vocational', '2025-05-22', '龙源网', ['叶婉']],
    ['night-market', '2023-07-05', '河西新闻网', ['牛犇']],
    ['herb', '2021-10-30', '河西新闻网', undefined],
    ['solar-sand', '2026-07-24', '河西新闻网', undefined],
  ] as const
).map(([story, published, agency, reporters], index) => ({
  path: `/news/${4210 + index * 13}.html`,
  story,
  published,
  section: 'news',
  source: [agency],
  lead: { agency, ...(reporters && { reporters }) },
}));

/** The page that the farm's glossing damaged: its replacement ran on bytes out of step. */
export const damagedStory = 'solar-sand';
