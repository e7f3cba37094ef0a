#include "core/fiscal/process_data.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/base/text.h"
#include "core/fiscal/tax_keys.h"

namespace core::fiscal {

namespace {

constexpr std::array<std::string_view, 8> event_words{
    "Beleg",      "AVRechnung",     "AVTransfer",  "AVBestellung",
    "AVTraining", "AVBelegabbruch", "AVSachbezug", "AVSonstige"};

constexpr std::size_t longest_item = 255;  // letters of ARTIKELTEXT

using Sums = std::array<std::int64_t, sums_of_receipt>;

std::int64_t hundredths_of(Money amount) {
  const int digits = amount.currency.text().empty() ? 2 : amount.currency.digits();
  if (digits <= 2) return amount.minor * power_of_ten(2 - digits);
  return scale_rounded(amount.minor, 1, power_of_ten(digits - 2));
}

std::string hundredths_text(std::int64_t value) {
  return to_plain(Money{value, eur});
}

std::string sums_text(const Sums& sums) {
  std::string text;
  for (const std::int64_t sum : sums) {
    text += (text.empty() ? "" : "_") + hundredths_text(sum);
  }
  return text;
}

bool is_base(Currency currency) {
  return currency == eur || currency.text().empty();
}

// One sum for each means and currency: cash first, and of each the till's own currency.
std::vector<Paid> accumulated(const std::vector<Paid>& paid) {
  std::vector<Paid> sums;
  for (Paid each : paid) {
    if (is_base(each.amount.currency)) each.amount.currency = eur;
    const auto same = std::find_if(sums.begin(), sums.end(), [&](const Paid& sum) {
      return sum.means == each.means && sum.amount.currency == each.amount.currency;
    });
    if (same == sums.end()) {
      sums.push_back(each);
    } else {
      same->amount += each.amount;
    }
  }
  std::erase_if(sums, [](const Paid& sum) { return sum.amount.is_zero(); });
  std::stable_sort(sums.begin(), sums.end(), [](const Paid& a, const Paid& b) {
    const auto rank = [](const Paid& sum) {
      return std::pair(sum.means, !is_base(sum.amount.currency));
    };
    return rank(a) < rank(b);
  });
  return sums;
}

std::string payments_text(const std::vector<Paid>& paid) {
  std::string text;
  for (const Paid& sum : accumulated(paid)) {
    text += fmt::format("{}{}:{}", text.empty() ? "" : "_", amount_text(sum.amount),
                        sum.means == Means::cash ? "Bar" : "Unbar");
    if (!is_base(sum.amount.currency)) text += fmt::format(":{}", sum.amount.currency.text());
  }
  return text;
}

// One line of letters, whatever came in.
std::string plain_line(std::string_view text) {
  return without_control_characters(one_line(as_utf8(text)));
}

std::string item_line(const OrderedItem& item) {
  const auto letters = code_points(plain_line(item.text));
  std::string quoted;
  for (std::size_t i = 0; i < std::min(letters.size(), longest_item); ++i) {
    if (letters[i] == U'"') quoted += '"';
    append_utf8(quoted, letters[i]);
  }
  return fmt::format("{};\"{}\";{}", to_plain(item.quantity), quoted, amount_text(item.unit_price));
}

}  // namespace

std::string_view word(EventKind kind) {
  return event_words[static_cast<std::size_t>(kind)];
}

std::optional<EventKind> event_kind_from(std::string_view word) {
  const auto found = std::find(event_words.begin(), event_words.end(), word);
  if (found == event_words.end()) return {};
  return static_cast<EventKind>(found - event_words.begin());
}

std::string amount_text(Money amount) {
  return hundredths_text(hundredths_of(amount));
}

std::optional<ProcessData> receipt_data(EventKind kind, const std::vector<GrossOfKey>& gross,
                                        const std::vector<Paid>& paid) {
  Sums sums{};
  for (const GrossOfKey& each : gross) {
    const auto sum = sum_of(each.key);
    if (!sum) return {};
    sums[*sum] += hundredths_of(each.gross);
  }
  return ProcessData{std::string(receipt_type),
                     fmt::format("{}^{}^{}", word(kind), sums_text(sums), payments_text(paid))};
}

ProcessData aborted_data() {
  return *receipt_data(EventKind::aborted, {}, {});
}

std::vector<ProcessData> order_data(const std::vector<OrderedItem>& items, std::size_t most) {
  std::vector<ProcessData> texts;
  for (const OrderedItem& item : items) {
    const std::string line = item_line(item);
    if (texts.empty() || texts.back().data.size() + 1 + line.size() > most) {
      texts.push_back({std::string(order_type), line});
    } else {
      texts.back().data += '\r' + line;
    }
  }
  return texts;
}

ProcessData other_data(std::string_view text) {
  return {std::string(other_type), std::string(cut_to(plain_line(text), largest_process_data))};
}

}  // namespace core::fiscal
