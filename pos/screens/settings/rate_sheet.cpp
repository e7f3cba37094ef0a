#include "pos/screens/settings/rate_sheet.h"

#include <algorithm>

#include "core/base/text.h"
#include "pos/ui/format.h"

namespace pos {

namespace {

// "7,7" or "7.7" are 770 basis points.
std::optional<core::Rate> percentage(std::string_view entry) {
  std::string text(core::trim(entry));
  std::replace(text.begin(), text.end(), ',', '.');
  const auto parsed = core::parse_percent(text);
  if (!parsed || *parsed > core::Rate{10'000}) return {};
  return *parsed;
}

std::string percent_entry(core::Rate rate, char decimal_sign) {
  std::string text = core::to_plain(rate);
  while (text.ends_with('0')) text.pop_back();
  if (text.ends_with('.')) text.pop_back();
  std::replace(text.begin(), text.end(), '.', decimal_sign);
  return text.empty() ? "0" : text;
}

std::string entry_of(const Scene& scene, const RateSheetInput& input) {
  const core::TaxRate& rate = input.rate;
  switch (input.step) {
    case RateStep::code:
      return rate.code;
    case RateStep::name:
      return rate.name;
    case RateStep::percent:
      return input.index || !rate.rate.is_zero()
                 ? percent_entry(rate.rate, decimal_sign(scene.words.language()))
                 : "";
    case RateStep::from:
      return rate.valid_from;
    case RateStep::until:
      break;
  }
  return rate.valid_until;
}

void go(const Scene& scene, RateStep step, RateSheetInput& input) {
  input.step = step;
  input.text = {.value = entry_of(scene, input), .keyboard = {}};
}

bool has_mark(std::string_view text) {
  return text.find_first_of(";|@=#") != text.npos;
}

// Why the entry of this step is not possible; empty: it is.
std::string_view objection(const Scene& scene, const RateSheetInput& input) {
  const Words& words = scene.words;
  const std::string_view entry = core::trim(input.text.value);
  switch (input.step) {
    case RateStep::code:
      if (entry.empty()) return words("This must not be empty.");
      [[fallthrough]];
    case RateStep::name:
      return has_mark(entry) ? words("Without ; | @ # and =, please.") : std::string_view{};
    case RateStep::percent:
      return percentage(entry) ? std::string_view{} : words("A percentage from 0 to 100.");
    case RateStep::from:
    case RateStep::until:
      break;
  }
  if (entry.empty()) return {};
  if (!core::is_iso_date(entry)) return words("A date as in 2027-01-31.");
  if (input.step == RateStep::until && entry < std::string_view(input.rate.valid_from)) {
    return words("The last day is before the first.");
  }
  return {};
}

void keep(RateSheetInput& input) {
  const std::string entry(core::trim(input.text.value));
  switch (input.step) {
    case RateStep::code:
      input.rate.code = entry;
      return;
    case RateStep::name:
      input.rate.name = entry;
      return;
    case RateStep::percent:
      input.rate.rate = percentage(entry).value_or(core::Rate{});
      return;
    case RateStep::from:
      input.rate.valid_from = entry;
      return;
    case RateStep::until:
      input.rate.valid_until = entry;
      return;
  }
}

}  // namespace

std::string rate_name(const core::TaxRate& rate, const Words& words) {
  if (!rate.name.empty()) return rate.name;
  if (rate.code == "standard") return std::string(words("Standard rate"));
  if (rate.code == "reduced") return std::string(words("Reduced rate"));
  if (rate.code == "zero") return std::string(words("Zero rate"));
  if (rate.code == "exempt") return std::string(words("Exempt from tax"));
  if (rate.code == core::not_taxable) return std::string(words("Not taxable"));
  return rate.code;
}

RateSheetInput new_rate() {
  return {};
}

RateSheetInput change_rate(const Scene& scene, std::size_t index) {
  RateSheetInput input;
  input.index = index;
  input.rate = scene.till.settings.money.rates[index];
  go(scene, RateStep::code, input);
  return input;
}

TextSheetView present(const Scene& scene, const RateSheetInput& input) {
  const Words& words = scene.words;
  TextSheetView sheet;
  sheet.title = words(input.index ? "Tax rate" : "New tax rate");
  if (input.step != RateStep::code) sheet.title += " · " + input.rate.code;
  sheet.close = words("Close");
  sheet.confirm = input.step == RateStep::until ? words("Save") : words.with("button", "Next");
  sheet.layout = layout_of(words);
  sheet.most_bytes = 40;
  sheet.placeholder = words("Empty");
  switch (input.step) {
    case RateStep::code:
      sheet.explained = words("The code that products name: standard, reduced, zero or your own.");
      sheet.placeholder = words("Required");
      sheet.ready = {"standard", "reduced", "zero"};
      break;
    case RateStep::name:
      sheet.explained = words("How it is called in the shop. Empty: its usual name.");
      break;
    case RateStep::percent:
      sheet.explained = words("How many percent");
      sheet.placeholder = words("Required");
      sheet.kind = ui::KeyboardKind::number;
      break;
    case RateStep::from:
      sheet.explained = words("The first day, as in 2027-01-01. Empty: it always was.");
      break;
    case RateStep::until:
      sheet.explained = words("The last day, as in 2027-12-31. Empty: it has no end.");
      break;
  }
  sheet.why_not = objection(scene, input);
  sheet.can_confirm = sheet.why_not.empty();
  return sheet;
}

Reaction react(TextSheetTap tap, const Scene& scene, RateSheetInput& input) {
  if (tap != TextSheetTap::confirm || !objection(scene, input).empty()) return {};
  keep(input);
  if (input.step != RateStep::until) {
    go(scene, static_cast<RateStep>(static_cast<int>(input.step) + 1), input);
    return {};
  }
  std::vector<core::TaxRate> rates = scene.till.settings.money.rates;
  if (input.index && *input.index < rates.size()) {
    rates[*input.index] = input.rate;
  } else {
    rates.push_back(input.rate);
  }
  return say(core::ChangeSetting{"tax.rates", core::rates_text(rates)});
}

}  // namespace pos
