import { describe, expect, it } from 'vitest';
import { parseDom } from './dom.ts';
import { isElement, textOf, walk } from './text.ts';

const outline = (html: string): string => {
  const names: string[] = [];
  walk(parseDom(html).document, (node) => {
    if (isElement(node)) {
      let depth = 0;
      for (let up = node.parent; up; up = up.parent) depth += 1;
      names.push(`${depth}${node.name}`);
    }
    return 'on';
  });
  return names.join(' ');
};

describe('the tree builder', () => {
  it('ends paragraphs, list items and cells that are not closed', () => {
    expect(outline('<p>a<p>b<div>c</div>')).toBe('1p 1p 1div');
    expect(outline('<ul><li>a<li>b<ul><li>c</ul><li>d</ul>')).toBe('1ul 2li 2li 3ul 4li 2li');
    expect(outline('<table><tr><td>a<td>b<tr><td>c</table>')).toBe('1table 2tr 3td 3td 2tr 3td');
  });

  it('has what the parser reads, and everything when asked: drawings and attributes of scripts are half of a page', () => {
    const html =
      '<p class="a" data-track="x">a<svg viewBox="0 0 1 1"><path d="M0"/><title>b</title></svg></p><svg><svg><g/></svg></svg>';
    const attributes = (isComplete: boolean): string[] => {
      const names: string[] = [];
      walk(parseDom(html, { isComplete }).document, (node) => {
        if (isElement(node)) names.push(...Object.keys(node.attribs));
        return 'on';
      });
      return names;
    };
    expect(outline(html)).toBe('1p 2svg 1svg 2svg');
    expect(attributes(false)).toEqual(['class']);
    expect(attributes(true)).toEqual(['class', 'data-track', 'viewbox', 'd']);
    expect(outline('<p>a<svg><path></p><p>b</p>')).toBe('1p 2svg 3path 1p');
  });

  it('ends a paragraph inside inline markup', () => {
    expect(outline('<p><b>a<p>b')).toBe('1p 2b 1p');
  });

  it('keeps an end tag inside of its cell', () => {
    expect(outline('<div><table><tr><td>a</div><p>b</td></tr></table><i>c</i></div>')).toBe(
      '1div 2table 3tr 4td 5p 2i',
    );
  });

  it('ends a head that is not closed at the first element of the body', () => {
    expect(outline('<html><head><title>t</title><noscript><div>a</div><p>b')).toBe(
      '1html 2head 3title 3noscript 2div 2p',
    );
  });

  it('reads on after a title or a comment that is never closed', () => {
    const rest = `<p>${'word '.repeat(200)}</p>`;
    expect(textOf(parseDom(`<title>News ${rest}`).document)).toContain('word word');
    expect(textOf(parseDom(`<p>a</p><!-- open > ${rest}`).document)).toContain('word word');
    expect(
      textOf(parseDom(`<!--[if IE]><p>old</p><![endif]--><!--[if !IE]><!-->${rest}<!--<![endif]-->`).document),
    ).toContain('word');
  });

  it('drops white space between blocks and keeps it between words', () => {
    expect(parseDom('<div>\n  <p>a</p>\n  <p>b</p>\n</div>').nodeCount).toBe(5);
    expect(textOf(parseDom('<p><b>a</b> <i>b</i><x-y>c</x-y> <x-y>d</x-y></p>').document)).toBe('a b c d');
  });

  it('decodes entities in text and attributes', () => {
    const { document } = parseDom('<a title="&quot;x&quot;">a &amp; b&hellip;</a>');
    expect(textOf(document)).toBe('a & b…');
  });
});

describe('limits', () => {
  const within = (html: string): number => {
    const start = performance.now();
    parseDom(html);
    return performance.now() - start;
  };

  it('stops reading at 200,000 nodes', () => {
    const dom = parseDom('<br>'.repeat(300_000));
    expect(dom).toMatchObject({ nodeCount: 200_000, truncated: true });
  });

  it('flattens what is nested too deeply and tells the depth', () => {
    const dom = parseDom(`${'<div>'.repeat(50_000)}text`);
    expect(dom.truncated).toBe(false);
    expect(dom.depth).toBe(50_000);
    expect(textOf(dom.document)).toBe('text');
  });

  // Quadratic work on these takes minutes; the bound is generous for a busy machine.
  it.each([
    ['nested blocks', '<div>'.repeat(1_000_000)],
    ['nested inline elements', '<b>'.repeat(200_000)],
    ['end tags without a start', `${'<b>'.repeat(511)}${'</i>'.repeat(300_000)}`],
    ['nested tables', '<table><tr><td>'.repeat(60_000)],
    ['paragraphs in inline elements', '<b><p>'.repeat(100_000)],
    ['only angle brackets', '<'.repeat(3_000_000)],
    ['one long attribute', `<div title="${'a'.repeat(10_000_000)}">`],
    ['one long comment', `<!--${'<p>a'.repeat(1_000_000)}`],
    ['many titles', '<title>'.repeat(300_000)],
    ['forms in forms', '<form>'.repeat(300_000)],
  ])('ends soon on %s', (_name, html) => {
    expect(within(html)).toBeLessThan(8_000);
  });
});
