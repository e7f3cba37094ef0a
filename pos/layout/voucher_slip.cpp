#include "pos/layout/voucher_slip.h"

#include "core/vouchers/voucher_number.h"
#include "pos/layout/receipt_words.h"
#include "pos/ui/format.h"

namespace pos {

namespace {

using drivers::Document;

std::string_view title_of(const core::ReceiptVoucher& voucher, const Words& words) {
  return words(voucher.holder.empty() ? "Voucher" : "Store credit");
}

void add_voucher(Document& slip, const core::Receipt& receipt, const core::ReceiptVoucher& voucher,
                 bool is_copy, const Words& words) {
  const Language language = words.language();
  const ReceiptWords said = words_of(receipt, words);
  const auto fact = [&](std::string_view label, const std::string& value) {
    slip.add(drivers::amount_row(std::string(label), value));
  };
  for (std::size_t i = 0; i < said.shop.size(); ++i) {
    slip.add(drivers::centred(said.shop[i], i == 0 ? drivers::tall : drivers::plain));
  }
  slip.add(drivers::Blank{});
  if (is_copy) slip.add(drivers::centred(std::string(words("*** COPY ***")), drivers::tall));
  slip.add(drivers::centred(std::string(title_of(voucher, words)), drivers::tall));
  slip.add(drivers::centred(money_text(voucher.amount, language), drivers::large));
  slip.add(drivers::Blank{});
  slip.add(drivers::Qr{voucher.number});
  slip.add(drivers::centred(core::shown_voucher_number(voucher.number), drivers::bold));
  slip.add(drivers::Blank{});
  if (!voucher.holder.empty()) fact(words.with("voucher", "For"), voucher.holder);
  fact(words.with("voucher", "Issued"), said.date);
  if (voucher.expires != core::Instant{}) {
    // The last day on which it is good, as people read a date.
    const core::LocalTime last =
        core::local_time(voucher.expires - std::chrono::seconds(1), receipt.shop.time_zone);
    fact(words("Good until"), date_text(last, language));
  }
  fact(said.receipt.label, said.receipt.value);
  slip.add(drivers::Rule{});
  // Which of the two it is stands on it (UStG section 3(13) to (15)).
  slip.add(drivers::text_line(
      voucher.tax_code.empty()
          ? std::string(words("For goods of any tax rate. The tax is in the price of the goods."))
          : words.fill("For goods with {} tax, which is paid with this voucher.",
                       {percent_text(voucher.tax_rate, language)})));
  slip.add(drivers::text_line(std::string(words("What is left stays on it."))));
  if (is_copy) slip.add(drivers::centred(std::string(words("*** COPY ***")), drivers::tall));
  slip.add(drivers::Cut{});
}

}  // namespace

Document voucher_slips(const core::Receipt& receipt, core::SlipForm form, const Words& words) {
  Document slip;
  for (const core::ReceiptVoucher& voucher : receipt.vouchers) {
    if (!voucher.is_new) continue;
    add_voucher(slip, receipt, voucher, form == core::SlipForm::voucher_copy, words);
  }
  return slip;
}

}  // namespace pos
