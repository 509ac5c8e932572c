import { describe, expect, it } from 'vitest';
import { agentsOf, articleNode, graphOf, readJsonLd } from './json-ld.ts';

const graph = (source: string) => graphOf([readJsonLd(source) ?? null]);

describe('readJsonLd', () => {
  it.each([
    ['as it should be', '{"headline":"A"}'],
    ['trailing commas', '{"headline":"A",}'],
    ['doubled commas', '{"a":1,,"headline":"A"}'],
    ['raw line breaks in strings', '{"x":"one\ntwo","headline":"A"}'],
    ['comments', '/* {"headline":"B"} */ {"headline":"A" // the title\n}'],
    ['HTML comments and CDATA', '<!--<![CDATA[{"headline":"A"}]]>-->'],
    ['entities for quotes', '{&quot;headline&quot;:&quot;A&quot;}'],
    ['a semicolon at the end', '{"headline":"A"};'],
    ['bad escapes', '{"x":"it\\\'s \\d","headline":"A"}'],
    ['two objects in a row', '{"headline":"A"}{"headline":"B"}'],
  ])('reads %s', (_, source) => {
    const [first] = graph(source).nodes;
    expect(first?.headline).toBe('A');
  });

  it('keeps slashes and commas inside strings', () => {
    expect(readJsonLd('{"url":"https://example.com/a//b",  "text":"a,}",}')).toEqual({
      url: 'https://example.com/a//b',
      text: 'a,}',
    });
  });

  it('gives up on what is no JSON', () => {
    expect(readJsonLd('var data = 1')).toBeUndefined();
  });
});

describe('articleNode', () => {
  it('finds the story in a graph and its author by reference', () => {
    const found = graph(`{"@graph":[{"@type":"WebSite","@id":"#s","name":"Site"},
      {"@type":"NewsArticle","headline":"Town saved","datePublished":"2022-01-26","author":{"@id":"#p"}},
      {"@type":"Person","@id":"#p","name":"Jane Doe"}]}`);
    const node = articleNode(found, () => false);
    expect(node?.headline).toBe('Town saved');
    expect(agentsOf(node?.author, found)).toEqual([{ name: 'Jane Doe', organization: false }]);
  });

  it('prefers the story that the title knows to the first of a list', () => {
    const found = graph(
      `[{"@type":"NewsArticle","headline":"Other","datePublished":"2022-01-01"},{"@type":"NewsArticle","headline":"Town saved","datePublished":"2022-01-26"}]`,
    );
    expect(articleNode(found, (headline) => headline === 'Town saved')?.datePublished).toBe('2022-01-26');
  });

  it('reads all forms of authors', () => {
    const found = graph(
      '{"author":["Jane Doe",{"@type":"Organization","name":"Reuters"},{"@type":"Person","name":["A B","C D"]}]}',
    );
    expect(agentsOf(found.nodes[0]?.author, found)).toEqual([
      { name: 'Jane Doe', organization: false },
      { name: 'Reuters', organization: true },
      { name: 'A B', organization: false },
      { name: 'C D', organization: false },
    ]);
  });

  it('ends on a deep value', () => {
    const deep = `${'{"a":'.repeat(3000)}1${'}'.repeat(3000)}`;
    expect(graph(deep).nodes.length).toBe(2000);
  });
});
