// A slip such as the till prints, built by hand: every kind of block, both
// languages, characters that need care. One for goldens, pictures and talk
// with printers.
#pragma once

#include <string>

#include "drivers/printer/document.h"

namespace tests {

enum class Language { german, english };

// A wedge of cheese, 96 x 56 dots, drawn by arithmetic.
inline drivers::Logo sample_logo() {
  drivers::Logo logo{96, 56, std::vector<std::uint8_t>(12 * 56, 0)};
  const auto is_hole = [](int x, int y, int cx, int cy, int r) {
    return (x - cx) * (x - cx) + (y - cy) * (y - cy) <= r * r;
  };
  for (int y = 0; y < 56; ++y) {
    for (int x = 0; x < 96; ++x) {
      const bool top = y < 24 && x > 95 - 4 * y;
      const bool side = y >= 26;
      const bool hole = is_hole(x, y, 22, 40, 6) || is_hole(x, y, 50, 46, 4) ||
                        is_hole(x, y, 72, 37, 7) || is_hole(x, y, 70, 16, 4);
      if ((!top && !side) || hole) continue;
      auto& byte = logo.bits[static_cast<std::size_t>(y * 12 + x / 8)];
      byte = static_cast<std::uint8_t>(byte | (0x80 >> (x % 8)));
    }
  }
  return logo;
}

inline drivers::Document sample_slip(Language language) {
  using namespace drivers;
  const bool german = language == Language::german;
  const auto say = [&](const char* de, const char* en) { return std::string(german ? de : en); };
  const auto tax_row = [](std::string rate, std::string net, std::string tax, std::string gross,
                          TextStyle style) {
    return Row{{{std::move(rate), Cell::the_rest, Align::left},
                {std::move(net), 8, Align::right},
                {std::move(tax), 7, Align::right},
                {std::move(gross), 8, Align::right}},
               style};
  };
  Document slip;
  slip.add(sample_logo())
      .add(centred(say("Käse & Köstlich", "Cheese & Books"), large))
      .add(centred("Grünstraße 12 · 10969 Berlin"))
      .add(centred("Tel. 030 555 0199 · USt-IdNr. DE123456789"))
      .add(Blank{})
      .add(amount_row(say("Beleg T1-000123", "Receipt T1-000123"), "21.11.2026 14:44"))
      .add(text_line(say("Es bediente Sie Jörg", "You were served by Jörg")))
      .add(Rule{})
      .add(amount_row("Bergkäse 12 Monate", german ? "7,53 A" : "7.53 A"))
      .add(text_line(german ? "  0,252 kg × 29,90 €/kg" : "  0.252 kg × €29.90/kg"))
      .add(amount_row("Crème fraîche d'Isigny", german ? "2,49 A" : "2.49 A"))
      .add(amount_row("Das große Buch vom Brotbacken, gebunden, 4. Auflage",
                      german ? "34,00 A" : "34.00 A"))
      .add(amount_row(say("Einkaufstasche", "Shopping bag"), german ? "1,50 B" : "1.50 B"))
      .add(amount_row(say("  Rabatt Stammkunde 10 %", "  Regular customer 10%"),
                      german ? "-3,40 A" : "-3.40 A"))
      .add(Rule{RuleKind::twofold})
      .add(amount_row(say("SUMME", "TOTAL"), german ? "42,12 €" : "€42.12", large))
      .add(Blank{})
      .add(amount_row(say("Bar", "Cash"), german ? "20,00 €" : "€20.00"))
      .add(amount_row("Visa •••• 4242", german ? "22,12 €" : "€22.12"))
      .add(Rule{})
      .add(tax_row(say("MwSt", "VAT"), say("Netto", "Net"), say("Steuer", "Tax"),
                   say("Brutto", "Gross"), bold))
      .add(tax_row("A 7 %", german ? "37,96" : "37.96", german ? "2,66" : "2.66",
                   german ? "40,62" : "40.62", plain))
      .add(tax_row("B 19 %", german ? "1,26" : "1.26", german ? "0,24" : "0.24",
                   german ? "1,50" : "1.50", plain))
      .add(Blank{})
      .add(Qr{"V0;T1;Kassenbeleg-V1;Beleg^40.62_1.50_0.00_0.00_0.00^20.00:Bar_22.12:Unbar;123;456;"
              "2026-11-21T14:41:05.000Z;2026-11-21T14:44:05.000Z;ecdsa-plain-SHA256;unixTime",
              QrLevel::medium})
      .add(Blank{})
      .add(Barcode{BarcodeKind::code128, "T1-000123"})
      .add(Blank{})
      .add(centred(say("Vielen Dank für Ihren Einkauf!", "Thank you for shopping with us!"), bold))
      .add(centred(say("Umtausch innerhalb von 14 Tagen mit diesem Beleg",
                       "Exchange within 14 days with this receipt")))
      .add(
          text_line(say("Bücher: gebundener Ladenpreis (§ 5 BuchPrG)", "Books: fixed retail price"),
                    {.underline = true}, Align::centre))
      .add(Cut{});
  return slip;
}

}  // namespace tests
