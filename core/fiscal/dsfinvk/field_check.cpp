#include "core/fiscal/dsfinvk/field_check.h"

#include <fmt/format.h>

#include "core/base/text.h"
#include "core/fiscal/dsfinvk/text.h"
#include "core/fiscal/dsfinvk/words.h"
#include "core/fiscal/process_data.h"

namespace core::dsfinvk {

namespace {

// The words that a column may have.
template <class Enumeration>
bool is_word(std::string_view text, int count) {
  for (int i = 0; i < count; ++i) {
    if (word(static_cast<Enumeration>(i)) == text) return true;
  }
  return false;
}

bool is_known_word(std::string_view column, std::string_view text) {
  if (column == "BON_TYP") return fiscal::event_kind_from(text) || text == "AVBelegstorno";
  if (column == "GV_TYP") return is_word<BusinessCase>(text, business_case_count);
  if (column == "ZAHLART_TYP") return is_word<PaymentKind>(text, payment_kind_count);
  if (column == "REF_TYP") return is_word<ReferenceKind>(text, reference_kind_count);
  if (column == "BON_STORNO" || column == "P_STORNO" || column == "INHAUS") {
    return text.empty() || text == "0" || text == "1";
  }
  if (column == "TYP") {
    return text.empty() || text == "Grundpreis" || text == "Rabatt" || text == "Zuschlag" ||
           is_word<AmountKind>(text, amount_kind_count);
  }
  const bool is_time = column == "Z_ERSTELLUNG" || column == "BON_START" || column == "BON_ENDE";
  if (is_time) return is_iso_time(text);
  if (column == "TSE_TA_START" || column == "TSE_TA_ENDE" || column == "REF_DATUM") {
    return text.empty() || is_iso_time(text);
  }
  return true;
}

}  // namespace

std::string fault_of(const Column& column, const std::string& text) {
  if (text.empty()) {
    return column.need == Need::must ? fmt::format("{} is empty", column.name) : "";
  }
  if (column.form == Form::number) {
    if (read_decimal_comma(text, column.size)) return "";
    return fmt::format("{} is no number with a decimal comma and at most {} decimals: {}",
                       column.name, column.size, text);
  }
  if (text.size() > static_cast<std::size_t>(column.size) &&
      code_points(text).size() > static_cast<std::size_t>(column.size)) {
    return fmt::format("{} has more than {} letters", column.name, column.size);
  }
  if (!is_known_word(column.name, text))
    return fmt::format("{} cannot be \"{}\"", column.name, text);
  return "";
}

}  // namespace core::dsfinvk
