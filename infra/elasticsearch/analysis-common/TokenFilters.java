package newsmill.analysis;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.cjk.CJKWidthFilter;
import org.apache.lucene.analysis.core.DecimalDigitFilter;
import org.apache.lucene.analysis.core.FlattenGraphFilter;
import org.apache.lucene.analysis.core.UpperCaseFilter;
import org.apache.lucene.analysis.en.KStemFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.miscellaneous.KeywordRepeatFilter;
import org.apache.lucene.analysis.miscellaneous.LengthFilter;
import org.apache.lucene.analysis.miscellaneous.LimitTokenCountFilter;
import org.apache.lucene.analysis.miscellaneous.PatternKeywordMarkerFilter;
import org.apache.lucene.analysis.miscellaneous.RemoveDuplicatesTokenFilter;
import org.apache.lucene.analysis.miscellaneous.SetKeywordMarkerFilter;
import org.apache.lucene.analysis.miscellaneous.TrimFilter;
import org.apache.lucene.analysis.miscellaneous.TruncateTokenFilter;
import org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter;
import org.apache.lucene.analysis.miscellaneous.WordDelimiterIterator;
import org.apache.lucene.analysis.ngram.EdgeNGramTokenFilter;
import org.apache.lucene.analysis.ngram.NGramTokenFilter;
import org.apache.lucene.analysis.pattern.PatternCaptureGroupTokenFilter;
import org.apache.lucene.analysis.pattern.PatternReplaceFilter;
import org.apache.lucene.analysis.reverse.ReverseStringFilter;
import org.apache.lucene.analysis.util.ElisionFilter;
import org.elasticsearch.common.regex.Regex;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.index.IndexSettings;
import org.elasticsearch.index.analysis.Analysis;
import org.elasticsearch.index.analysis.NormalizingTokenFilterFactory;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;
import org.elasticsearch.plugins.AnalysisPlugin;

/** The token filters beside `stop`, `shingle` and `hunspell`, which the server itself carries. */
final class TokenFilters {
  private TokenFilters() {}

  /** What a component can be built from: its own settings, the index's, and where word files lie. */
  record Given(Settings settings, IndexSettings index, Environment environment) {
    boolean flag(String key, boolean otherwise) {
      return settings.getAsBoolean(key, otherwise);
    }

    int number(String key, int otherwise) {
      return settings.getAsInt(key, otherwise);
    }
  }

  interface Build {
    UnaryOperator<TokenStream> from(Given given) throws IOException;
  }

  private record Plain(String name, UnaryOperator<TokenStream> filter) implements TokenFilterFactory {
    @Override
    public TokenStream create(TokenStream input) {
      return filter.apply(input);
    }
  }

  /** A filter that keeps one token one token, so it may be part of a normalizer (keyword fields, wildcard queries). */
  private record Normalizing(String name, UnaryOperator<TokenStream> filter, UnaryOperator<TokenStream> normalizer)
      implements NormalizingTokenFilterFactory {
    @Override
    public TokenStream create(TokenStream input) {
      return filter.apply(input);
    }

    @Override
    public TokenStream normalize(TokenStream input) {
      return normalizer.apply(input);
    }
  }

  static Map<String, AnalysisProvider<TokenFilterFactory>> all() {
    Map<String, AnalysisProvider<TokenFilterFactory>> all = new HashMap<>();
    normalizing(all, "lowercase", given -> {
      refuse(given.settings(), "lowercase", "language");
      return LowerCaseFilter::new;
    });
    normalizing(all, "uppercase", given -> UpperCaseFilter::new);
    normalizing(all, "cjk_width", given -> CJKWidthFilter::new);
    normalizing(all, "decimal_digit", given -> DecimalDigitFilter::new);
    normalizing(all, "trim", given -> TrimFilter::new);
    normalizing(all, "elision", TokenFilters::elision);
    all.put("pattern_replace", AnalysisPlugin.requiresAnalysisSettings((index, environment, name, settings) -> {
      UnaryOperator<TokenStream> filter = patternReplace(new Given(settings, index, environment));
      return new Normalizing(name, filter, filter);
    }));
    // Elasticsearch's own index of API keys wants it.
    all.put("pattern_capture", AnalysisPlugin.requiresAnalysisSettings((index, environment, name, settings) -> {
      Pattern[] patterns =
          settings.getAsList("patterns").stream().map(pattern -> Regex.compile(pattern, null)).toArray(Pattern[]::new);
      boolean preserve = settings.getAsBoolean("preserve_original", true);
      return new Plain(name, in -> new PatternCaptureGroupTokenFilter(in, preserve, patterns));
    }));
    all.put("asciifolding", (index, environment, name, settings) -> {
      boolean preserve = settings.getAsBoolean("preserve_original", false);
      // A normalizer must give one token, so there the original is never kept beside the folded form.
      return new Normalizing(name, in -> new ASCIIFoldingFilter(in, preserve), ASCIIFoldingFilter::new);
    });

    plain(all, "cjk_bigram", TokenFilters::cjkBigram);
    plain(all, "word_delimiter_graph", TokenFilters::wordDelimiterGraph);
    plain(all, "stemmer", given -> Stemmers.named(given.settings().get("language", given.settings().get("name", "porter"))));
    plain(all, "snowball", given -> Stemmers.snowball(given.settings().get("language", "English")));
    plain(all, "porter_stem", given -> PorterStemFilter::new);
    plain(all, "kstem", given -> KStemFilter::new);
    plain(all, "reverse", given -> ReverseStringFilter::new);
    plain(all, "keyword_repeat", given -> KeywordRepeatFilter::new);
    plain(all, "remove_duplicates", given -> RemoveDuplicatesTokenFilter::new);
    plain(all, "flatten_graph", given -> FlattenGraphFilter::new);
    all.put("keyword_marker", AnalysisPlugin.requiresAnalysisSettings((index, environment, name, settings) ->
        new Plain(name, keywordMarker(new Given(settings, index, environment)))));
    plain(all, "unique", given -> {
      boolean samePosition = given.flag("only_on_same_position", false);
      return in -> samePosition ? new RemoveDuplicatesTokenFilter(in) : new UniqueFilter(in);
    });
    plain(all, "length", given -> {
      int min = given.number("min", 0);
      int max = given.number("max", Integer.MAX_VALUE);
      return in -> new LengthFilter(in, min, max);
    });
    plain(all, "truncate", given -> {
      int length = given.number("length", 10);
      return in -> TruncateTokenFilter.truncateAfterChars(in, length);
    });
    plain(all, "limit", given -> {
      int most = given.number("max_token_count", 1);
      boolean consumeAll = given.flag("consume_all_tokens", false);
      return in -> new LimitTokenCountFilter(in, most, consumeAll);
    });
    plain(all, "ngram", given -> {
      int min = given.number("min_gram", 1);
      int max = given.number("max_gram", 2);
      boolean preserve = given.flag("preserve_original", false);
      requireDifference("max_ngram_diff", "NGram token filter", max - min, given.index().getMaxNgramDiff());
      return in -> new NGramTokenFilter(in, min, max, preserve);
    });
    plain(all, "edge_ngram", given -> {
      refuse(given.settings(), "edge_ngram", "side");
      int min = given.number("min_gram", 1);
      int max = given.number("max_gram", 2);
      boolean preserve = given.flag("preserve_original", false);
      return in -> new EdgeNGramTokenFilter(in, min, max, preserve);
    });
    all.put("synonym_graph", AnalysisPlugin.requiresAnalysisSettings(SynonymGraph::provide));
    return all;
  }

  private static void plain(Map<String, AnalysisProvider<TokenFilterFactory>> all, String type, Build build) {
    all.put(type, (index, environment, name, settings) ->
        new Plain(name, build.from(new Given(settings, index, environment))));
  }

  private static void normalizing(Map<String, AnalysisProvider<TokenFilterFactory>> all, String type, Build build) {
    all.put(type, (index, environment, name, settings) -> {
      UnaryOperator<TokenStream> filter = build.from(new Given(settings, index, environment));
      return new Normalizing(name, filter, filter);
    });
  }

  private static UnaryOperator<TokenStream> cjkBigram(Given given) {
    List<String> ignored = given.settings().getAsList("ignored_scripts");
    boolean unigrams = given.flag("output_unigrams", false);
    int scripts = 0;
    if (!ignored.contains("han")) scripts |= CJKBigramFilter.HAN;
    if (!ignored.contains("hiragana")) scripts |= CJKBigramFilter.HIRAGANA;
    if (!ignored.contains("katakana")) scripts |= CJKBigramFilter.KATAKANA;
    if (!ignored.contains("hangul")) scripts |= CJKBigramFilter.HANGUL;
    int flags = scripts;
    return in -> new CJKBigramFilter(in, flags, unigrams);
  }

  private static UnaryOperator<TokenStream> wordDelimiterGraph(Given given) throws IOException {
    refuse(given.settings(), "word_delimiter_graph", "type_table", "type_table_path");
    int flags = 0;
    if (given.flag("generate_word_parts", true)) flags |= WordDelimiterGraphFilter.GENERATE_WORD_PARTS;
    if (given.flag("generate_number_parts", true)) flags |= WordDelimiterGraphFilter.GENERATE_NUMBER_PARTS;
    if (given.flag("catenate_words", false)) flags |= WordDelimiterGraphFilter.CATENATE_WORDS;
    if (given.flag("catenate_numbers", false)) flags |= WordDelimiterGraphFilter.CATENATE_NUMBERS;
    if (given.flag("catenate_all", false)) flags |= WordDelimiterGraphFilter.CATENATE_ALL;
    if (given.flag("split_on_case_change", true)) flags |= WordDelimiterGraphFilter.SPLIT_ON_CASE_CHANGE;
    if (given.flag("preserve_original", false)) flags |= WordDelimiterGraphFilter.PRESERVE_ORIGINAL;
    if (given.flag("split_on_numerics", true)) flags |= WordDelimiterGraphFilter.SPLIT_ON_NUMERICS;
    if (given.flag("stem_english_possessive", true)) flags |= WordDelimiterGraphFilter.STEM_ENGLISH_POSSESSIVE;
    if (given.flag("ignore_keywords", false)) flags |= WordDelimiterGraphFilter.IGNORE_KEYWORDS;
    boolean adjustOffsets = given.flag("adjust_offsets", true);
    CharArraySet protectedWords = Analysis.getWordSet(given.environment(), given.settings(), "protected_words");
    int chosen = flags;
    return in -> new WordDelimiterGraphFilter(
        in, adjustOffsets, WordDelimiterIterator.DEFAULT_WORD_DELIM_TABLE, chosen, protectedWords);
  }

  private static UnaryOperator<TokenStream> keywordMarker(Given given) {
    boolean ignoreCase = given.flag("ignore_case", false);
    String pattern = given.settings().get("keywords_pattern");
    if (pattern != null) {
      Pattern compiled = Pattern.compile(pattern);
      return in -> new PatternKeywordMarkerFilter(in, compiled);
    }
    List<String> keywords = Analysis.getWordList(given.environment(), given.settings(), "keywords");
    if (keywords == null) {
      throw new IllegalArgumentException("keyword filter requires either `keywords`, `keywords_path` or `keywords_pattern`");
    }
    CharArraySet set = new CharArraySet(keywords, ignoreCase);
    return in -> new SetKeywordMarkerFilter(in, set);
  }

  private static UnaryOperator<TokenStream> elision(Given given) {
    CharArraySet articles = Analysis.parseArticles(given.environment(), given.settings());
    CharArraySet chosen = articles == null ? FrenchAnalyzer.DEFAULT_ARTICLES : articles;
    return in -> new ElisionFilter(in, chosen);
  }

  private static UnaryOperator<TokenStream> patternReplace(Given given) {
    String text = given.settings().get("pattern");
    if (text == null) throw new IllegalArgumentException("pattern is missing for [pattern_replace] token filter");
    Pattern pattern = Regex.compile(text, given.settings().get("flags"));
    String replacement = given.settings().get("replacement", "");
    boolean everywhere = given.flag("all", true);
    return in -> new PatternReplaceFilter(in, pattern, replacement, everywhere);
  }

  /** Says no to settings that the official component knows and this one does not carry over. */
  static void refuse(Settings settings, String component, String... keys) {
    for (String key : keys) {
      if (settings.hasValue(key)) {
        throw new IllegalArgumentException(
            "[" + component + "] of newsmill's embedded Elasticsearch does not know [" + key + "]; use a full Elasticsearch");
      }
    }
  }

  static void requireDifference(String setting, String component, int difference, int allowed) {
    if (difference > allowed) {
      throw new IllegalArgumentException("The difference between max_gram and min_gram in " + component
          + " must be less than or equal to: [" + allowed + "] but was [" + difference + "]. This limit can be set by"
          + " changing the [index." + setting + "] index level setting.");
    }
  }
}
