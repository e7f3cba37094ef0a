#include "pos/layout/tax_words.h"

#include "core/tax/country.h"
#include "pos/ui/format.h"

namespace pos {

std::string tax_note(const core::Taxed& taxed, const Words& words) {
  if (taxed.key.number >= core::first_own_key) return "#" + std::to_string(taxed.key.number);
  const std::string_view why = core::why_untaxed(taxed);
  return why.empty() ? "" : std::string(words(why));
}

std::string tax_words(const core::Taxed& taxed, const Words& words) {
  const std::string percent = percent_text(taxed.rate, words.language());
  const std::string note = tax_note(taxed, words);
  return note.empty() ? percent : percent + " " + note;
}

}  // namespace pos
