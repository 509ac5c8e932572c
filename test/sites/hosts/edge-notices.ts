import type { SitePage, SkipReason } from '../model.ts';
import { edgeHome, edgeNotice, edgePage } from '../templates/edge.ts';
import { skipped, textPage } from './build.ts';

const html = 'text/html; charset=utf-8';

interface Notice {
  readonly title: string;
  readonly words: string;
  readonly reason: SkipReason;
  readonly also?: readonly SkipReason[];
}

/** Pages that answer 200 and are no articles. */
const notices: Readonly<Record<string, Notice>> = {
  '/soft404.html': {
    title: '页面没有找到',
    words: '抱歉，您访问的页面不存在或已被删除。五秒后自动返回首页。',
    reason: 'soft_404',
  },
  '/maintenance.html': {
    title: '500 服务器内部错误',
    words: '服务器遇到错误，无法完成您的请求，请稍后再试。',
    reason: 'error_page',
    also: ['too_short'],
  },
  '/login.html': {
    title: '用户登录',
    words:
      '请登录后查看全文。<form><input name="user"><input type="password" name="p"><button>登录</button></form>没有账号？请先注册。',
    reason: 'login_wall',
  },
  '/captcha.html': {
    title: '安全验证',
    words: '请完成下方验证后继续访问。<div class="captcha-slider" id="captcha">向右滑动填充拼图</div>',
    reason: 'captcha',
  },
  '/short.html': {
    title: '简讯',
    words: '明天上午八点到十二点，东关街检修停水，请居民提前储水。',
    reason: 'too_short',
    also: ['empty'],
  },
};

const posts = [
  ['梁上燕', '东关街今天又堵了，有人知道是怎么回事吗？'],
  ['老马', '修暖气管道，路挖开了一半，贴着告示呢。'],
  ['小河弯弯', '绕行西环路吧，我刚走过，二十分钟。'],
  ['梁上燕', '谢谢楼上，那我坐地铁。'],
  ['七里河人', '说是月底修完，去年也这么说的……'],
] as const;

export function noticePages(): SitePage[] {
  const plain = Object.entries(notices).map(([path, { title, words, reason, also }]) =>
    textPage(path, html, () => edgeNotice(title, words), { expected: skipped(reason, also && { also }) }),
  );
  const thread = textPage(
    '/forum/thread-3381.html',
    html,
    () =>
      edgePage({
        title: '东关街堵车了 - 边城论坛 - Powered by Discuz!',
        head: '<meta name="generator" content="Discuz! X3.4">\n',
        main: `<div id="postlist">${posts
          .map(
            ([name, words], index) =>
              `<div id="post_${index}"><div class="authi"><a href="#u${index}">${name}</a> 发表于 2025-10-1${index} 08:3${index}</div><div class="t_f">${words}</div><a href="#reply">回复</a> <a href="#report">举报</a></div>`,
          )
          .join('\n')}</div>`,
      }),
    { expected: skipped('forum', { also: ['too_short'] }) },
  );
  return [...plain, thread];
}

export const noticePaths = (): string[] => noticePages().map((page) => page.path);

/** A page of links that asks robots to follow none of them. */
export function nofollowPage(target: string): SitePage {
  const partners = ['陇上书院', '山城菜谱', '黄河摄影', '北山户外', '西关花市', '东湖球友', '南梁戏迷', '老城记忆'];
  const links = partners.map((title, index) => ({ href: `http://partner${index + 1}.elsewhere.test/`, title }));
  return textPage(
    '/links.html',
    html,
    () =>
      edgeHome([['友情链接', [{ href: target, title: '合作稿件' }, ...links]]]).replace(
        '<title>',
        '<meta name="robots" content="nofollow">\n<title>',
      ),
    { expected: skipped('section_page', { also: ['too_short', 'empty'] }) },
  );
}
