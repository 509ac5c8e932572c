import { parseDocument } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import { collectEvidence, extractFields } from './index.ts';

/** The seed's form as its portal would serve it, clean simplified text; the body is shortened. */
const LEAD =
  '中国甘肃网1月26日讯 据兰州日报报道记者 孙亚斐)1月25日,2022年全省教育工作会议在兰州召开。据悉,在2022年的教育工作中,我省要继续抓好义务教育优质均衡。加快补齐短板,优化资源配置,落实“双减”任务。';
const SECOND =
  '全省各地各校要在2022年3月中旬前,完成国务院教育督导委员会对甘肃义务教育基本均衡发展督导检查反馈指出问题的整改任务。全力实施好全省中小学民生实事,推动实现优质教育资源共享。';
const COPYRIGHT = '版权声明:凡注有稿件来源为“中国甘肃网”的稿件,均为中国甘肃网版权稿件,转载必须注明来源为“中国甘肃网”。';
const PAGE = `<!DOCTYPE html><html><head><meta charset="utf-8">
<title>甘肃省将加速优化教育结构布局 支持兰州打造一批品质学校_中国甘肃网</title></head><body>
<div class="nav"><a href="/">首页</a><a href="/gs">甘肃</a><a href="/lz">兰州</a></div>
<div class="pos">您当前的位置 : <a href="/">中国甘肃网</a> &gt;&gt; <a href="/sq">甘肃省情</a> &gt;&gt; <a href="/jy">文化教育</a></div>
<div class="a-container"><h1>甘肃省将加速优化教育结构布局 支持兰州打造一批品质学校</h1>
<div class="info"><span class="m-frt">22-01-26 10:15</span> <span>来源:中国甘肃网-兰州日报</span> <span>编辑:马瑞芝</span></div>
<div id="content"><p>　　原标题:我省将加速优化教育结构布局 支持兰州打造一批品质学校</p>
<p>　　${LEAD}</p><p>　　${SECOND}</p></div>
<div class="copy"><p>${COPYRIGHT}</p></div></div>
<div class="qr"><img src="a.png">西北角<span>西北角</span></div><div>中国甘肃网微信<br>中国甘肃网微信</div><div>今日头条号<br>今日头条号</div>
<div class="bottom"><p>互联网新闻信息服务许可证编号:6212006002 | ICP备案:陇ICP备17001500号 | 经营许可证编号:甘B2-20060006 | 广播电视节目制作经营许可证编号:(甘)字第079号增值电信业务许可证编号:甘B2__20120010</p>
<p>食品药品监管总局投诉举报电话:12331 | 互联网违法和不良信息举报电话:12377</p>
<p>主办:甘肃中甘网传媒有限责任公司 | 本网常年法律顾问团:甘肃和谐律师事务所(0931-8580115)甘肃天旺律师事务所(0931-8864528)</p>
<p>Copyright © 2006 - 2016 中国甘肃网(GSCN.COM.CN) All Rights Reserved</p>
<p><a href="/j">网站简介</a> | <a href="/r">人才招聘</a> | <a href="/g">广告服务</a> | <a href="/l">联系我们</a> | 违法和不良信息举报电话: 0931-8960109 0931-8960307(传真)</p></div>
<div>分享到</div></body></html>`;
const ORIGIN = { url: 'http://gansu.gscn.com.cn/system/2022/01/26/012705712.shtml', fetchedAt: '2022-02-01T00:00:00Z' };

describe('the seed page', () => {
  const doc = parseDocument(PAGE);
  const fields = extractFields(doc, collectEvidence(doc, ORIGIN), ORIGIN);

  it('yields the expected fields', () => {
    expect(fields).toMatchObject({
      headline: '甘肃省将加速优化教育结构布局 支持兰州打造一批品质学校',
      alternativeHeadline: '我省将加速优化教育结构布局 支持兰州打造一批品质学校',
      datePublished: '2022-01-26T10:15:00+08:00',
      datePublishedPrecision: 'minute',
      sectionPath: ['中国甘肃网', '甘肃省情', '文化教育'],
      sourceChain: ['中国甘肃网', '兰州日报'],
      dateline: { agency: '中国甘肃网', date: '2022-01-26' },
      copyrightNotice: COPYRIGHT,
    });
    expect(fields.contributors).toEqual(
      expect.arrayContaining([
        { name: '孙亚斐', role: 'reporter' },
        { name: '马瑞芝', role: 'editor' },
      ]),
    );
    expect(fields.contributors).toHaveLength(2);
  });

  it('lists the reporter before the editor', () => {
    expect(fields.contributors?.map((one) => one.name)).toEqual(['孙亚斐', '马瑞芝']);
  });

  it('yields the card of the site', () => {
    expect(fields.siteCard).toEqual({
      name: '中国甘肃网',
      domain: 'gscn.com.cn',
      operator: '甘肃中甘网传媒有限责任公司',
      licences: {
        newsService: '6212006002',
        icp: '陇ICP备17001500号',
        business: '甘B2-20060006',
        broadcastProduction: '(甘)字第079号',
        valueAddedTelecom: '甘B2__20120010',
      },
      legalCounsel: [
        { name: '甘肃和谐律师事务所', phone: '0931-8580115' },
        { name: '甘肃天旺律师事务所', phone: '0931-8864528' },
      ],
      reportPhones: ['12331', '12377', '0931-8960109', '0931-8960307'],
      copyrightYears: [2006, 2016],
    });
  });

  it('tells where each field came from', () => {
    expect(fields.provenance).toMatchObject({
      headline: 'h1',
      datePublished: expect.stringContaining('(zone: tld)'),
      sourceChain: 'meta-line',
    });
  });
});
