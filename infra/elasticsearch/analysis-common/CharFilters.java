package newsmill.analysis;

import java.io.Reader;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.charfilter.HTMLStripCharFilter;
import org.apache.lucene.analysis.charfilter.MappingCharFilter;
import org.apache.lucene.analysis.charfilter.NormalizeCharMap;
import org.apache.lucene.analysis.pattern.PatternReplaceCharFilter;
import org.elasticsearch.common.regex.Regex;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.index.analysis.Analysis;
import org.elasticsearch.index.analysis.CharFilterFactory;
import org.elasticsearch.index.analysis.NormalizingCharFilterFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;
import org.elasticsearch.plugins.AnalysisPlugin;

/** The character filters: mapping, pattern_replace (both allowed in normalizers) and html_strip. */
final class CharFilters {
  private CharFilters() {}

  /** Settings in, a function from reader to filtered reader out. */
  private interface Build {
    UnaryOperator<Reader> from(Settings settings, Environment environment);
  }

  private record Plain(String name, UnaryOperator<Reader> filter) implements CharFilterFactory {
    @Override
    public Reader create(Reader input) {
      return filter.apply(input);
    }
  }

  private record Normalizing(String name, UnaryOperator<Reader> filter) implements NormalizingCharFilterFactory {
    @Override
    public Reader create(Reader input) {
      return filter.apply(input);
    }
  }

  static Map<String, AnalysisProvider<CharFilterFactory>> all() {
    Map<String, AnalysisProvider<CharFilterFactory>> all = new HashMap<>();
    all.put("html_strip", (index, environment, name, settings) -> new Plain(name, htmlStrip(settings)));
    all.put("mapping", needsSettings(CharFilters::mapping));
    all.put("pattern_replace", needsSettings(CharFilters::patternReplace));
    return all;
  }

  private static AnalysisProvider<CharFilterFactory> needsSettings(Build build) {
    return AnalysisPlugin.requiresAnalysisSettings(
        (index, environment, name, settings) -> new Normalizing(name, build.from(settings, environment)));
  }

  private static UnaryOperator<Reader> htmlStrip(Settings settings) {
    List<String> escapedTags = settings.getAsList("escaped_tags");
    return escapedTags.isEmpty()
        ? HTMLStripCharFilter::new
        : input -> new HTMLStripCharFilter(input, new HashSet<>(escapedTags));
  }

  private static UnaryOperator<Reader> patternReplace(Settings settings, Environment environment) {
    String text = settings.get("pattern");
    if (text == null) throw new IllegalArgumentException("pattern is missing for [pattern_replace] char filter");
    Pattern pattern = Regex.compile(text, settings.get("flags"));
    String replacement = settings.get("replacement", "");
    return input -> new PatternReplaceCharFilter(pattern, replacement, input);
  }

  /** Rules are `from => to`; both sides know the escapes \\ \n \t \r \b \f and \\uXXXX, so that spaces can be written. */
  private static UnaryOperator<Reader> mapping(Settings settings, Environment environment) {
    List<String> rules = Analysis.getWordList(environment, settings, "mappings");
    if (rules == null) throw new IllegalArgumentException("mapping requires either `mappings` or `mappings_path`");
    NormalizeCharMap.Builder map = new NormalizeCharMap.Builder();
    for (String rule : rules) {
      int arrow = rule.lastIndexOf("=>");
      if (arrow < 0) throw new IllegalArgumentException("Invalid Mapping Rule : [" + rule + "]");
      map.add(unescape(rule.substring(0, arrow).trim()), unescape(rule.substring(arrow + 2).trim()));
    }
    NormalizeCharMap built = map.build();
    return input -> new MappingCharFilter(built, input);
  }

  private static String unescape(String text) {
    if (text.indexOf('\\') < 0) return text;
    StringBuilder out = new StringBuilder(text.length());
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c != '\\') {
        out.append(c);
        continue;
      }
      if (++at >= text.length()) throw new IllegalArgumentException("Invalid escaped char in [" + text + "]");
      switch (text.charAt(at)) {
        case '\\' -> out.append('\\');
        case 'n' -> out.append('\n');
        case 't' -> out.append('\t');
        case 'r' -> out.append('\r');
        case 'b' -> out.append('\b');
        case 'f' -> out.append('\f');
        case 'u' -> {
          if (at + 4 >= text.length()) throw new IllegalArgumentException("Invalid escaped char in [" + text + "]");
          out.append((char) Integer.parseInt(text.substring(at + 1, at + 5), 16));
          at += 4;
        }
        default -> throw new IllegalArgumentException("Invalid escaped char in [" + text + "]");
      }
    }
    return out.toString();
  }
}
