#include "pos/layout/fiscal_layout.h"

#include "pos/layout/fiscal_words.h"

namespace pos {

void add_fiscal_block(drivers::Document& slip, const core::Receipt& receipt, std::string_view code,
                      const Words& words) {
  const FiscalWords said = fiscal_words(receipt, words);
  if (said.marks.empty() && said.facts.empty()) return;
  slip.add(drivers::Rule{});
  for (const std::string& mark : said.marks) slip.add(drivers::centred(mark, drivers::bold));
  if (code != "qr" || said.qr.empty()) {
    for (const Fact& fact : said.facts) slip.add(drivers::amount_row(fact.label, fact.value));
    for (const std::string& text : said.lengthy) slip.add(drivers::text_line(text));
  }
  if (code == "text" || said.qr.empty()) return;
  slip.add(drivers::Blank{});
  slip.add(drivers::Qr{said.qr, drivers::QrLevel::medium});
}

void add_test_mark(drivers::Document& slip, const core::Receipt& receipt, const Words& words) {
  if (!receipt.signing || !receipt.signing->device.is_test) return;
  slip.add(drivers::centred(std::string(words("*** TEST ***")), drivers::large));
}

}  // namespace pos
