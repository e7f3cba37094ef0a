// What a scanner reads from a code of GS1 that says more than a number: an element
// string of a DataMatrix, GS1-128 or DataBar, or a Digital Link in a QR code. Pure.
//
// Sources: GS1 General Specifications, sections 3 (application identifiers) and
// 7.8 (element strings); GS1 Digital Link URI syntax 1.4; ISO/IEC 15424 for the
// symbology identifiers that a scanner may put in front.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace core {

// Without the three characters "]d2" and the like that say which symbology it was.
std::string_view without_symbology(std::string_view scanned);

struct Gs1Code {
  std::string gtin;                      // AI 01, as normal_barcode() spells it
  std::optional<std::int64_t> grams{};   // AI 310n: net weight
  std::optional<std::int64_t> pieces{};  // AI 30
  std::optional<std::string> price{};    // AI 392n, 393n: "12.34"
  std::string price_currency{};          // ISO 4217 number of AI 393n; empty: the shop's
  friend bool operator==(const Gs1Code&, const Gs1Code&) = default;
};

// Nothing where `scanned` is none: an element string has a symbology identifier
// or FNC1 in front, or AIs in brackets, or begins with 01 and a good GTIN; a
// Digital Link is a web address whose path has /01/ and a good GTIN.
std::optional<Gs1Code> read_gs1(std::string_view scanned);

}  // namespace core
