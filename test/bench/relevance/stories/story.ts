/** One short report of the judged set. Everything in it is invented. */
export interface ShortStory {
  readonly key: string;
  readonly outlet: Outlet;
  /** Age at the time of the run, so that the freshness boost acts alike whenever it is measured. */
  readonly daysAgo: number;
  readonly headline: string;
  readonly body: string;
}

export const outlets = {
  jincheng: { domain: 'jincheng.example', name: '金城晚报', language: 'zh-Hans' },
  dongfang: { domain: 'caijing.example', name: '东岸财经', language: 'zh-Hans' },
  keji: { domain: 'keji.example', name: '科技早知道', language: 'zh-Hans' },
  weigang: { domain: 'weigang.example', name: '維港日報', language: 'zh-Hant' },
  haixia: { domain: 'haixia.example', name: '海峽新聞', language: 'zh-Hant' },
  plains: { domain: 'plains.example', name: 'The Plains Courier', language: 'en' },
} as const;
export type Outlet = keyof typeof outlets;

/** `key | outlet | days ago | headline | body`, one report a line. */
export function readStories(table: string): ShortStory[] {
  return table
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [key = '', outlet = '', daysAgo = '', headline = '', body = ''] = line
        .split('|')
        .map((cell) => cell.trim());
      if (!(outlet in outlets) || body === '' || !/^\d+$/.test(daysAgo)) throw new Error(`no story: ${line}`);
      return { key, outlet: outlet as Outlet, daysAgo: Number(daysAgo), headline, body };
    });
}
