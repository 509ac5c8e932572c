package newsmill.analysis;

import java.io.IOException;
import java.io.StringReader;
import java.text.ParseException;
import java.util.List;
import java.util.function.Function;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.synonym.SolrSynonymParser;
import org.apache.lucene.analysis.synonym.SynonymGraphFilter;
import org.apache.lucene.analysis.synonym.SynonymMap;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.index.IndexService.IndexCreationContext;
import org.elasticsearch.index.IndexSettings;
import org.elasticsearch.index.analysis.Analysis;
import org.elasticsearch.index.analysis.CharFilterFactory;
import org.elasticsearch.index.analysis.CustomAnalyzer;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.index.analysis.TokenizerFactory;

/** `synonym_graph` with inline `synonyms` or a `synonyms_path`, in Solr's notation. */
final class SynonymGraph implements TokenFilterFactory {
  private final String name;
  private final String rules;
  private final boolean expand;
  private final boolean lenient;

  private SynonymGraph(String name, String rules, boolean expand, boolean lenient) {
    this.name = name;
    this.rules = rules;
    this.expand = expand;
    this.lenient = lenient;
  }

  static TokenFilterFactory provide(IndexSettings index, Environment environment, String name, Settings settings) {
    TokenFilters.refuse(settings, "synonym_graph", "synonyms_set", "format", "updateable");
    List<String> lines = Analysis.getWordList(environment, settings, "synonyms");
    String rules = lines == null ? "" : String.join("\n", lines);
    return new SynonymGraph(name, rules, settings.getAsBoolean("expand", true), settings.getAsBoolean("lenient", false));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public TokenStream create(TokenStream input) {
    throw new IllegalStateException("synonym_graph is built together with the filters before it");
  }

  /** The rules are read through the tokenizer and filters that stand before this filter, so both sides look alike. */
  @Override
  public TokenFilterFactory getChainAwareTokenFilterFactory(
      IndexCreationContext context,
      TokenizerFactory tokenizer,
      List<CharFilterFactory> charFilters,
      List<TokenFilterFactory> before,
      Function<String, TokenFilterFactory> all) {
    TokenFilterFactory[] filters =
        before.stream().map(TokenFilterFactory::getSynonymFilter).toArray(TokenFilterFactory[]::new);
    Analyzer reading = new CustomAnalyzer(tokenizer, charFilters.toArray(CharFilterFactory[]::new), filters);
    SynonymMap map = parse(reading);
    return new Built(name, map);
  }

  private SynonymMap parse(Analyzer reading) {
    SolrSynonymParser parser = new SolrSynonymParser(true, expand, reading);
    try {
      if (!lenient) {
        parser.parse(new StringReader(rules));
      } else {
        for (String line : rules.split("\n")) parseOrSkip(parser, line);
      }
      return parser.build();
    } catch (IOException | ParseException broken) {
      throw new IllegalArgumentException("failed to build synonyms", broken);
    }
  }

  private static void parseOrSkip(SolrSynonymParser parser, String line) throws IOException {
    try {
      parser.parse(new StringReader(line));
    } catch (ParseException | IllegalArgumentException skipped) {
      // `lenient: true` asks for exactly this.
    }
  }

  private record Built(String name, SynonymMap map) implements TokenFilterFactory {
    @Override
    public TokenStream create(TokenStream input) {
      // A map without rules has no automaton, which Lucene's filter does not accept.
      return map.fst == null ? input : new SynonymGraphFilter(input, map, false);
    }

    @Override
    public TokenFilterFactory getSynonymFilter() {
      return IDENTITY_FILTER;
    }
  }
}
