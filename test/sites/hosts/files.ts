/** Smallest files of the types that are no pages. */
export const onePixelPng = (): Uint8Array =>
  Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=', 'base64');

export const emptyPdf = (): Uint8Array =>
  Buffer.from(
    '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
    'latin1',
  );

/** Paths below which every site has whatever is asked for. */
export const isAssetPath = (path: string): boolean => /^\/(?:assets|images|css|js)\//.test(path);

/** What an asset's address answers. */
export function asset(path: string): { contentType: string; body: Uint8Array } {
  if (path.endsWith('.css'))
    return { contentType: 'text/css', body: Buffer.from('body{margin:0 auto;max-width:60em}\n') };
  if (path.endsWith('.js')) return { contentType: 'text/javascript', body: Buffer.from('"use strict";\n') };
  return { contentType: 'image/png', body: onePixelPng() };
}
