#include "pos/screens/customer/customer_words.h"

#include <algorithm>

#include "pos/layout/receipt_words.h"
#include "pos/ui/format.h"

namespace pos {

namespace {

// So long thanks and change stand there if nobody begins the next sale.
constexpr std::chrono::seconds thanks_stay{90};

CustomerLine line_of(const core::LineItem& line, Language language) {
  CustomerLine shown{line.title, "",
                     amount_text(core::price_of(line.unit_price, line.quantity), language)};
  const bool is_one = line.unit == core::Unit::piece && line.quantity == core::pieces(1);
  if (is_one) return shown;
  const bool is_weighed = line.unit == core::Unit::kilogram;
  shown.detail = quantity_text(line.quantity, language) + (is_weighed ? " kg x " : " x ") +
                 amount_text(line.unit_price, language) + (is_weighed ? "/kg" : "");
  return shown;
}

const core::LineItem* latest_line(const core::Snapshot& till) {
  const auto& lines = till.order.lines;
  const auto found = std::find_if(lines.begin(), lines.end(), [&](const core::LineItem& line) {
    return line.id == till.last_line;
  });
  if (found != lines.end()) return &*found;
  return lines.empty() ? nullptr : &lines.back();
}

void add_thanks(CustomerPage& view, const core::DoneSale& done, const Words& words) {
  const Language language = words.language();
  view.phase = CustomerPhase::thanks;
  view.total_word = words("Total");
  view.total = money_text(done.total, language);
  view.change_word = view.main_word = words("Change");
  view.change = view.main = money_text(done.change, language);
  view.words = words("Thank you for your purchase!");
  if (done.still_due.minor > 0) {
    view.main_word = words("Still due");
    view.main = money_text(done.still_due, language);
  } else if (done.change.is_zero()) {
    view.main_word = words("Paid");
    view.main = money_text(done.paid_now, language);
  }
}

void add_sale(CustomerPage& view, const core::Snapshot& till, const Words& words, bool is_paying) {
  const Language language = words.language();
  const core::LineItem* latest = latest_line(till);
  for (const core::LineItem& line : till.order.lines) {
    view.lines.push_back(line_of(line, language));
    view.lines.back().is_latest = &line == latest;
  }
  const bool is_part_paid = till.paid.minor > 0;
  view.phase = is_paying ? CustomerPhase::paying : CustomerPhase::ringing_up;
  view.total_word = words("Total");
  view.total = money_text(is_paying ? till.totals.total : till.due, language);
  view.main_word = is_paying || is_part_paid ? words("To pay") : words("Total");
  view.main = money_text(till.due, language);
  if (is_part_paid) {
    view.paid_word = words("Paid");
    view.paid = money_text(till.paid, language);
  }
  if (till.attempt && till.attempt->phase == core::CardPhase::requested) {
    view.words = words("Please use the card terminal.");
  }
}

std::string line_text(const LineWords& line) {
  std::string text = line.title;
  if (!line.detail.empty()) text += " (" + line.detail + ")";
  return text + " " + line.amount + " " + line.tax_mark + "\n";
}

std::string foot_of(const ReceiptWords& said, bool with_taxes) {
  std::string text = said.total.label + ": " + said.total.value + "\n";
  for (const Fact& fact : said.account) text += fact.label + ": " + fact.value + "\n";
  if (said.still_due) text += said.still_due->label + ": " + said.still_due->value + "\n";
  for (const TenderWords& tender : said.tenders) {
    text += tender.amount.label + ": " + tender.amount.value + "\n";
  }
  if (with_taxes) {
    for (const TaxWords& tax : said.taxes) {
      text += tax.rate + ": " + tax.net + " + " + tax.tax + " = " + tax.gross + "\n";
    }
  }
  return text + said.tax_number;
}

}  // namespace

std::string qr_text(const core::Receipt& receipt, const Words& words, std::size_t most_bytes) {
  const ReceiptWords said = words_of(receipt, words);
  std::string head;
  for (const std::string& line : said.shop) head += line + "\n";
  head += said.title + " " + said.receipt.value + "\n" + said.date + " " + said.time + "\n";
  std::string lines;
  for (const LineWords& line : said.lines) lines += line_text(line);
  for (const Fact& sum : said.sums) lines += sum.label + " " + sum.value + "\n";
  std::string all = head + lines + foot_of(said, true);
  if (all.size() <= most_bytes) return all;
  const auto count = static_cast<std::int64_t>(said.lines.size());
  return head + words.fill("{} item", "{} items", count) + "\n" +
         foot_of(said, head.size() + foot_of(said, true).size() + 20 <= most_bytes);
}

CustomerPage customer_page(const core::Snapshot& till, const Words& words,
                           const CustomerMoment& moment) {
  CustomerPage view;
  view.shop = till.settings.shop.name;
  view.second = till.settings.shop.website;
  if (till.training) view.training = words("TRAINING");
  if (!till.order.lines.empty()) {
    add_sale(view, till, words, moment.is_paying);
    return view;
  }
  const bool is_over = till.done && std::chrono::abs(moment.now - till.done->at) > thanks_stay;
  if (till.done && !is_over) add_thanks(view, *till.done, words);
  if (moment.to_be_read) {
    view.phase = CustomerPhase::receipt;
    view.qr = qr_text(*moment.to_be_read, words);
    view.words = words("Your receipt: scan it with your phone.");
    view.total_word = words("Total");
    view.total = money_text(moment.to_be_read->totals.total, words.language());
  } else if (view.total.empty()) {
    view.words = words("Welcome!");
  }
  return view;
}

drivers::DisplayText display_text(const core::Snapshot& till, const Words& words) {
  const CustomerPage view = customer_page(till, words);
  if (view.total.empty() && till.training) return {view.training, view.shop};
  if (view.total.empty()) return {view.shop, view.second};
  const std::string total = drivers::display_line(view.total_word, view.total);
  if (!view.change.empty()) return {total, drivers::display_line(view.change_word, view.change)};
  const core::LineItem* line = latest_line(till);
  if (!line) return {view.shop, total};
  const CustomerLine shown = line_of(*line, words.language());
  const std::string top = drivers::display_line(shown.title, shown.amount);
  // Weighed goods show weight and unit price together with the price.
  const bool is_weighed = line->unit == core::Unit::kilogram;
  return {top, is_weighed ? shown.detail : total};
}

}  // namespace pos
