// What Germany's signing device is told about an event: processType and processData
// (DSFinV-K 2.4, Anhang I). A start has both empty. Pure; amounts are minor units,
// signed, and come out with two digits behind a point, whatever the currency.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/money.h"

namespace core::fiscal {

// What an event is (BON_TYP). There is no word for the void of a receipt: with a device
// that is a receipt of reversed sign (page 113).
enum class EventKind {
  receipt,   // "Beleg": everything that changes sums of the day
  invoice,   // "AVRechnung"
  transfer,  // "AVTransfer"
  order,     // "AVBestellung"
  training,  // "AVTraining"
  aborted,   // "AVBelegabbruch"
  in_kind,   // "AVSachbezug"
  other,     // "AVSonstige"
};
std::string_view word(EventKind kind);
std::optional<EventKind> event_kind_from(std::string_view word);

inline constexpr std::string_view receipt_type = "Kassenbeleg-V1";
inline constexpr std::string_view order_type = "Bestellung-V1";
inline constexpr std::string_view other_type = "SonstigerVorgang";

struct ProcessData {
  std::string type;
  std::string data;  // UTF-8
  friend bool operator==(const ProcessData&, const ProcessData&) = default;
};

// What is printed as gross of one tax key.
struct GrossOfKey {
  int key = 0;
  Money gross;
};
enum class Means { cash, other };
// What was paid, in the currency in which it was; an empty currency is euro. Below 0: given
// back. What nobody pays (ZAHLART_TYP "Keine") is none.
struct Paid {
  Means means = Means::cash;
  Money amount;
};

// "Beleg^11.61_16.17_0.00_0.00_0.00^27.78:Bar": the gross sums of the five kinds of tax,
// then cash before all else, one sum for each means and currency, zeros left out. Amounts of
// one sum are added up. Nothing where a key is none, or one of the shop's own that no rule
// places: it is refused when it is set up (tax_keys.h).
std::optional<ProcessData> receipt_data(EventKind kind, const std::vector<GrossOfKey>& gross,
                                        const std::vector<Paid>& paid);
// A cart that was left: "AVBelegabbruch^0.00_0.00_0.00_0.00_0.00^".
ProcessData aborted_data();

struct OrderedItem {
  Quantity quantity;
  std::string text;
  Money unit_price;  // gross
};
// Devices take at most 64 KB of JSON with this in BASE64 (Epson); half of it is room enough.
inline constexpr std::size_t largest_process_data = 32 * 1024;
// Each item in a line of its own, `2;"Eisbecher ""Himbeere""";3.99`, joined by CR. Where one
// text would be longer than `most` bytes there are several, each a transaction of its own.
// A text is cut at a letter to what an export can carry (255 letters), and has one line.
std::vector<ProcessData> order_data(const std::vector<OrderedItem>& items,
                                    std::size_t most = largest_process_data);

// Anything else that is signed, in free words: a closing, a self-test. One line.
ProcessData other_data(std::string_view text);

// "1234.50", "-0.05".
std::string amount_text(Money amount);

}  // namespace core::fiscal
