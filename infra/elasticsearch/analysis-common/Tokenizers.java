package newsmill.analysis;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.core.KeywordTokenizer;
import org.apache.lucene.analysis.core.LetterTokenizer;
import org.apache.lucene.analysis.core.WhitespaceTokenizer;
import org.apache.lucene.analysis.email.UAX29URLEmailTokenizer;
import org.apache.lucene.analysis.ngram.EdgeNGramTokenizer;
import org.apache.lucene.analysis.ngram.NGramTokenizer;
import org.apache.lucene.analysis.path.PathHierarchyTokenizer;
import org.apache.lucene.analysis.pattern.PatternTokenizer;
import org.elasticsearch.common.regex.Regex;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.index.IndexSettings;
import org.elasticsearch.index.analysis.TokenizerFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;

/** The tokenizers beside `standard`, which the server itself carries. */
final class Tokenizers {
  private Tokenizers() {}

  private interface Build {
    Supplier<Tokenizer> from(Settings settings, IndexSettings index);
  }

  static Map<String, AnalysisProvider<TokenizerFactory>> all() {
    Map<String, AnalysisProvider<TokenizerFactory>> all = new HashMap<>();
    put(all, "keyword", (settings, index) -> {
      int bufferSize = settings.getAsInt("buffer_size", 256);
      return () -> new KeywordTokenizer(bufferSize);
    });
    put(all, "letter", (settings, index) -> LetterTokenizer::new);
    put(all, "whitespace", (settings, index) -> {
      int longest = settings.getAsInt("max_token_length", 255);
      return () -> new WhitespaceTokenizer(Tokenizer.DEFAULT_TOKEN_ATTRIBUTE_FACTORY, longest);
    });
    put(all, "uax_url_email", (settings, index) -> {
      int longest = settings.getAsInt("max_token_length", 255);
      return () -> {
        UAX29URLEmailTokenizer tokenizer = new UAX29URLEmailTokenizer();
        tokenizer.setMaxTokenLength(longest);
        return tokenizer;
      };
    });
    put(all, "pattern", (settings, index) -> {
      Pattern pattern = Regex.compile(settings.get("pattern", "\\W+"), settings.get("flags"));
      int group = settings.getAsInt("group", -1);
      return () -> new PatternTokenizer(pattern, group);
    });
    put(all, "path_hierarchy", (settings, index) -> {
      TokenFilters.refuse(settings, "path_hierarchy", "reverse", "skip", "buffer_size");
      char delimiter = settings.get("delimiter", "/").charAt(0);
      char replacement = settings.get("replacement", String.valueOf(delimiter)).charAt(0);
      return () -> new PathHierarchyTokenizer(delimiter, replacement, 0);
    });
    put(all, "ngram", (settings, index) -> {
      int min = settings.getAsInt("min_gram", 1);
      int max = settings.getAsInt("max_gram", 2);
      TokenFilters.requireDifference("max_ngram_diff", "NGram Tokenizer", max - min, index.getMaxNgramDiff());
      IntPredicate kept = tokenChars(settings);
      return () -> new NGramTokenizer(min, max) {
        @Override
        protected boolean isTokenChar(int c) {
          return kept.test(c);
        }
      };
    });
    put(all, "edge_ngram", (settings, index) -> {
      int min = settings.getAsInt("min_gram", 1);
      int max = settings.getAsInt("max_gram", 2);
      IntPredicate kept = tokenChars(settings);
      return () -> new EdgeNGramTokenizer(min, max) {
        @Override
        protected boolean isTokenChar(int c) {
          return kept.test(c);
        }
      };
    });
    return all;
  }

  private static void put(Map<String, AnalysisProvider<TokenizerFactory>> all, String name, Build build) {
    all.put(name, (index, environment, instance, settings) ->
        TokenizerFactory.newFactory(instance, build.from(settings, index)));
  }

  /** `token_chars`: the classes of characters that belong into tokens; none named means all. */
  private static IntPredicate tokenChars(Settings settings) {
    List<String> names = settings.getAsList("token_chars");
    if (names.isEmpty()) return c -> true;
    IntPredicate any = c -> false;
    for (String name : names) any = any.or(charClass(name.toLowerCase(Locale.ROOT).trim(), settings));
    return any;
  }

  private static IntPredicate charClass(String name, Settings settings) {
    return switch (name) {
      case "letter" -> Character::isLetter;
      case "digit" -> Character::isDigit;
      case "whitespace" -> Character::isWhitespace;
      case "punctuation" -> c -> switch (Character.getType(c)) {
        case Character.START_PUNCTUATION, Character.END_PUNCTUATION, Character.OTHER_PUNCTUATION,
            Character.CONNECTOR_PUNCTUATION, Character.DASH_PUNCTUATION, Character.INITIAL_QUOTE_PUNCTUATION,
            Character.FINAL_QUOTE_PUNCTUATION -> true;
        default -> false;
      };
      case "symbol" -> c -> switch (Character.getType(c)) {
        case Character.CURRENCY_SYMBOL, Character.MATH_SYMBOL, Character.OTHER_SYMBOL, Character.MODIFIER_SYMBOL -> true;
        default -> false;
      };
      case "custom" -> {
        String custom = settings.get("custom_token_chars", "");
        yield c -> custom.indexOf(c) >= 0;
      }
      default -> throw new IllegalArgumentException("Unknown token type: '" + name + "'");
    };
  }
}
