package newsmill.analysis;

import java.io.IOException;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.FilteringTokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/** Lets the first token of each text through. Lucene has this only for tokens at one position. */
final class UniqueFilter extends FilteringTokenFilter {
  private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
  private final CharArraySet seen = new CharArraySet(8, false);

  UniqueFilter(TokenStream input) {
    super(input);
  }

  @Override
  protected boolean accept() {
    int length = term.length();
    if (seen.contains(term.buffer(), 0, length)) return false;
    char[] copy = new char[length];
    System.arraycopy(term.buffer(), 0, copy, 0, length);
    return seen.add(copy);
  }

  @Override
  public void reset() throws IOException {
    super.reset();
    seen.clear();
  }
}
