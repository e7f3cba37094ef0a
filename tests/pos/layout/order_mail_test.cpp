// The mails of an order as their readers get them, and the packing slip.
#include "pos/layout/order_mail.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "core/base/text.h"
#include "core/orders/receipt.h"
#include "core/store/fulfilment_store.h"
#include "core/store/order_store.h"
#include "drivers/printer/layout.h"
#include "drivers/printer/profiles.h"
#include "pos/layout/mail_body.h"
#include "pos/layout/packing_layout.h"
#include "tests/support/golden.h"
#include "tests/support/receipts.h"
#include "tests/support/till_driver.h"

namespace {

using core::OutboxKind;

const pos::Translations& translations_of_mails() {
  static const pos::Translations loaded = pos::Translations::load();
  return loaded;
}

core::ShopSettings shop_of_mails() {
  core::ShopSettings shop;
  shop.name = "Feinkost Lindner";
  shop.street = "Lindenallee 12";
  shop.city = "50668 Köln";
  shop.phone = "0221 555 0142";
  shop.time_zone = "Europe/Berlin";
  return shop;
}

// Oil, a voucher and a book to download; authorized, one parcel on its way.
core::Order mailed_order() {
  core::Order order =
      tests::order_of({tests::item("Olivenöl nativ extra 0,5 l", 1290, core::pieces(2)),
                       tests::item("Kochbuch (PDF)", 900), tests::item("Gutschein 25 €", 2500)});
  order.number = "#5001";
  order.channel = "online";
  order.customer = {"Henrike Vogt", "vogt@example.de", "de"};
  order.delivery = core::Delivery::shipping;
  order.address.name = "Henrike Vogt";
  order.address.street = "Am Markt 3";
  order.address.postcode = "37073";
  order.address.city = "Göttingen";
  order.address.country = "DE";
  order.note = "Bitte klingeln";
  order.lines[0].sku = "OEL-05";
  order.lines[1].sku = "BUCH-1";
  order.lines[1].digital = true;
  order.lines[2].sku = "GUT-25";
  order.lines[2].gift_card = true;
  order.extras = {{"Versand, Paket", {490, core::eur}, {1900}}};
  core::Payment authorized = tests::card(6470);
  authorized.kind = core::TransactionKind::authorization;
  authorized.expires = tests::noon + std::chrono::hours(24 * 7);
  order.payments = {authorized};
  core::Fulfilment parcel;
  parcel.id = {tests::uuid_of(150)};
  parcel.lines = {{order.lines[0].id, core::pieces(2)},
                  {order.lines[1].id, core::pieces(1)},
                  {order.lines[2].id, core::pieces(1)}};
  parcel.carrier = "DHL";
  parcel.tracking_number = "JD014600";
  parcel.tracking_url = "https://dhl.example/JD014600?a=1&b=2";
  parcel.at = tests::noon;
  parcel.version = 1;
  order.fulfilments = {parcel};
  return order;
}

// A store with the order in it, and the mail of a kind.
class Mails {
 public:
  explicit Mails(core::Order order = mailed_order()) : order_(std::move(order)) {
    core::Database& database = till_.database();
    core::Transaction transaction(database);
    core::insert_order(database, order_);
    core::update_order(database, order_, core::price(order_));
    core::replace_lines(database, order_);
    for (const auto& payment : order_.payments) core::insert_payment(database, order_, payment);
    for (const auto& parcel : order_.fulfilments) {
      core::insert_fulfilment(database, order_, parcel, core::Standing::fact);
    }
    core::save_download_link(database, "BUCH-1", "https://laden.example/d/kochbuch?x=1&y=2");
    core::save_download_link(database, "GUT-25", "GUT-7Q2M-99XA");
    REQUIRE(transaction.commit());
  }
  syncing::MailContent of(OutboxKind kind, pos::Language language) {
    core::OutboxRow row;
    row.kind = kind;
    row.order_row = order_.row;
    if (!order_.fulfilments.empty()) row.subject = order_.fulfilments[0].id.uuid;
    const auto mail = pos::order_mail(till_.database(), row, translations_of_mails()(language),
                                      {shop_of_mails(), {}});
    REQUIRE(mail);
    return *mail;
  }

 private:
  tests::TillDriver till_;
  core::Order order_;
};

const OutboxKind order_mails[] = {OutboxKind::mail_new_order,         OutboxKind::mail_confirmation,
                                  OutboxKind::mail_fulfilled,         OutboxKind::mail_ready,
                                  OutboxKind::mail_downloads,         OutboxKind::mail_expiring,
                                  OutboxKind::mail_fulfilment_service};

std::string packed(const core::Order& order, pos::Language language) {
  core::Receipt about;
  about.shop = shop_of_mails();
  about.finished = tests::noon;
  about.order = order;
  const drivers::Profile& paper = drivers::profile("generic-58");
  std::string text;
  for (const auto& block : pos::packing_slip(about, translations_of_mails()(language)).blocks) {
    const auto add = [&](const auto& lines) {
      for (const auto& line : lines) {
        for (const drivers::Span& span : line.spans) {
          for (const char32_t c : span.text) core::append_utf8(text, c);
        }
        text += "\n";
      }
    };
    if (const auto* line = std::get_if<drivers::TextLine>(&block)) add(lines_of(*line, paper));
    if (const auto* row = std::get_if<drivers::Row>(&block)) add(lines_of(*row, paper));
  }
  return text;
}

}  // namespace

TEST_CASE("order mail: each kind reads well in both languages, as text and as HTML") {
  Mails mails;
  for (const OutboxKind kind : order_mails) {
    for (const auto language : {pos::Language::german, pos::Language::english}) {
      std::string name(core::word(kind));
      std::replace(name.begin(), name.end(), ' ', '_');
      name += "_" + std::string(pos::code_of(language));
      const auto mail = mails.of(kind, language);
      tests::check_golden(name + ".txt", mail.subject + "\n\n" + mail.text);
      tests::check_golden(name + ".html", mail.html);
      CHECK(mail.text.find("{{") == mail.text.npos);
      CHECK(mail.html.find("{{") == mail.html.npos);
    }
  }
}

TEST_CASE("order mail: nothing that a customer typed becomes mark-up or a header") {
  core::Order order = mailed_order();
  const std::string evil = "\"><script>alert('x')</script>\r\nBcc: all@example.org";
  order.customer.name = order.note = order.lines[0].title = order.number = evil;
  order.address.street = order.fulfilments[0].tracking_url = evil;
  Mails mails(order);
  for (const OutboxKind kind : order_mails) {
    const auto mail = mails.of(kind, pos::Language::german);
    CHECK(mail.html.find("<script") == mail.html.npos);
    CHECK(mail.subject.find('\n') == mail.subject.npos);
    CHECK(mail.subject.find('\r') == mail.subject.npos);
  }
}

TEST_CASE("order mail: an order that says hardly anything still makes a mail") {
  core::Order order = tests::order_of({});
  order.number = "#1";
  order.channel = "online";
  Mails mails(order);
  for (const OutboxKind kind : order_mails) {
    CHECK_FALSE(mails.of(kind, pos::Language::english).text.empty());
  }
  const auto begins = [&](pos::Language language, std::string_view greeting) {
    return mails.of(OutboxKind::mail_confirmation, language).text.starts_with(greeting);
  };
  CHECK(begins(pos::Language::german, "Guten Tag,\n\n"));
  CHECK(begins(pos::Language::english, "Hello,\n\n"));
}

TEST_CASE("packing slip: the address and what is to be put in, no price") {
  core::Order order = mailed_order();
  order.fulfilments.clear();
  const std::string text = packed(order, pos::Language::german);
  for (const char* there : {"Feinkost Lindner", "#5001", "Henrike Vogt", "Am Markt 3",
                            "37073 Göttingen", "OEL-05", "Bitte klingeln"}) {
    CAPTURE(there);
    CHECK(text.find(there) != text.npos);
  }
  for (const char* absent : {"€", "12,90", "25,80", "Kochbuch", "Gutschein"}) {
    CAPTURE(absent);
    CHECK(text.find(absent) == text.npos);
  }
}

TEST_CASE("packing slip: what has left already is not packed again") {
  core::Order order = mailed_order();
  order.fulfilments[0].lines = {{order.lines[0].id, core::pieces(1)}};
  const std::string text = packed(order, pos::Language::german);
  const auto line = text.substr(text.find("[ ] Olivenöl"));
  CHECK(line.substr(0, line.find("OEL-05")).find('1') != std::string::npos);
}

TEST_CASE("order mail: how it stands with the payment is said in the reader's words") {
  Mails mails;
  const auto says = [&](pos::Language language, const char* words) {
    return mails.of(OutboxKind::mail_new_order, language).text.find(words) != std::string::npos;
  };
  CHECK(says(pos::Language::german, "Zahlung: Autorisiert"));
  CHECK(says(pos::Language::english, "Payment: Authorised"));
}
