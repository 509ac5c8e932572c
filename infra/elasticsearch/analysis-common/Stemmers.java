package newsmill.analysis;

import java.util.Locale;
import java.util.function.UnaryOperator;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.de.GermanLightStemFilter;
import org.apache.lucene.analysis.de.GermanMinimalStemFilter;
import org.apache.lucene.analysis.en.EnglishMinimalStemFilter;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.KStemFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.es.SpanishLightStemFilter;
import org.apache.lucene.analysis.fr.FrenchLightStemFilter;
import org.apache.lucene.analysis.it.ItalianLightStemFilter;
import org.apache.lucene.analysis.pt.PortugueseLightStemFilter;
import org.apache.lucene.analysis.ru.RussianLightStemFilter;
import org.apache.lucene.analysis.snowball.SnowballFilter;

/** The stemmers behind `stemmer` and `snowball`; names as in Elasticsearch's reference of the stemmer token filter. */
final class Stemmers {
  private Stemmers() {}

  static UnaryOperator<TokenStream> named(String language) {
    return switch (language.toLowerCase(Locale.ROOT)) {
      case "english", "porter" -> PorterStemFilter::new;
      case "light_english", "lightenglish", "kstem" -> KStemFilter::new;
      case "minimal_english" -> EnglishMinimalStemFilter::new;
      case "possessive_english" -> EnglishPossessiveFilter::new;
      case "porter2" -> snowball("English");
      case "light_german" -> GermanLightStemFilter::new;
      case "minimal_german" -> GermanMinimalStemFilter::new;
      case "light_french" -> FrenchLightStemFilter::new;
      case "light_spanish" -> SpanishLightStemFilter::new;
      case "light_italian" -> ItalianLightStemFilter::new;
      case "light_portuguese" -> PortugueseLightStemFilter::new;
      case "light_russian" -> RussianLightStemFilter::new;
      default -> snowball(language.substring(0, 1).toUpperCase(Locale.ROOT) + language.substring(1));
    };
  }

  /** `language` is the name of a Snowball stemmer (`English`, `German`, …); Lucene refuses one it does not have. */
  static UnaryOperator<TokenStream> snowball(String language) {
    try {
      Class.forName("org.tartarus.snowball.ext." + language + "Stemmer", false, SnowballFilter.class.getClassLoader());
    } catch (ClassNotFoundException unknown) {
      throw new IllegalArgumentException("Unknown stemmer language [" + language + "]", unknown);
    }
    return in -> new SnowballFilter(in, language);
  }
}
