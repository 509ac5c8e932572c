package newsmill.analysis;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.cjk.CJKAnalyzer;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.it.ItalianAnalyzer;
import org.apache.lucene.analysis.pt.PortugueseAnalyzer;
import org.apache.lucene.analysis.ru.RussianAnalyzer;
import org.elasticsearch.index.analysis.AbstractIndexAnalyzerProvider;
import org.elasticsearch.index.analysis.Analysis;
import org.elasticsearch.index.analysis.AnalyzerProvider;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;

/** The analyzers of languages newsmill meets often; `standard`, `simple`, `whitespace`, … are the server's own. */
final class Analyzers {
  private Analyzers() {}

  static Map<String, AnalysisProvider<AnalyzerProvider<? extends Analyzer>>> all() {
    Map<String, AnalysisProvider<AnalyzerProvider<? extends Analyzer>>> all = new HashMap<>();
    put(all, "cjk", CJKAnalyzer.getDefaultStopSet(), CJKAnalyzer::new);
    put(all, "english", EnglishAnalyzer.getDefaultStopSet(), EnglishAnalyzer::new);
    put(all, "french", FrenchAnalyzer.getDefaultStopSet(), FrenchAnalyzer::new);
    put(all, "german", GermanAnalyzer.getDefaultStopSet(), GermanAnalyzer::new);
    put(all, "spanish", SpanishAnalyzer.getDefaultStopSet(), SpanishAnalyzer::new);
    put(all, "italian", ItalianAnalyzer.getDefaultStopSet(), ItalianAnalyzer::new);
    put(all, "portuguese", PortugueseAnalyzer.getDefaultStopSet(), PortugueseAnalyzer::new);
    put(all, "russian", RussianAnalyzer.getDefaultStopSet(), RussianAnalyzer::new);
    return all;
  }

  private static void put(
      Map<String, AnalysisProvider<AnalyzerProvider<? extends Analyzer>>> all,
      String type,
      CharArraySet stopWords,
      Function<CharArraySet, Analyzer> build) {
    all.put(type, (index, environment, name, settings) -> {
      TokenFilters.refuse(settings, type, "stem_exclusion");
      Analyzer analyzer = build.apply(Analysis.parseStopWords(environment, settings, stopWords));
      return new AbstractIndexAnalyzerProvider<Analyzer>(name) {
        @Override
        public Analyzer get() {
          return analyzer;
        }
      };
    });
  }
}
