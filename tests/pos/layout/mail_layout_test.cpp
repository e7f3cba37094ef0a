#include "pos/layout/mail_layout.h"

#include <doctest/doctest.h>

#include "pos/layout/receipt_words.h"
#include "tests/support/golden.h"
#include "tests/support/receipts.h"

namespace {

syncing::MailContent mail(const core::Receipt& receipt, pos::Language language) {
  static const pos::Translations translations = pos::Translations::load();
  return pos::receipt_mail(receipt, translations(language));
}

void check_mail(const std::string& name, const core::Receipt& receipt, pos::Language language) {
  const auto made = mail(receipt, language);
  const std::string code(pos::code_of(language));
  tests::check_golden("mail_" + name + "_" + code + ".txt", made.subject + "\n\n" + made.text);
  tests::check_golden("mail_" + name + "_" + code + ".html", made.html);
}

}  // namespace

TEST_CASE("mail: a discounted sale reads well as text and as HTML") {
  check_mail("discount", tests::discounted_sale(), pos::Language::german);
  check_mail("discount", tests::discounted_sale(), pos::Language::english);
}

TEST_CASE("mail: a deposit says what is still due") {
  check_mail("deposit", tests::deposit(), pos::Language::german);
}

TEST_CASE("mail: the subject names the receipt and the shop") {
  CHECK(mail(tests::plain_sale(), pos::Language::german).subject ==
        "Ihr Beleg T1-R000482 von Feinkost Lindner");
  CHECK(mail(tests::plain_sale(), pos::Language::english).subject ==
        "Your receipt T1-R000482 from Feinkost Lindner");
  CHECK(mail(tests::plain_sale(), pos::Language::english).from_name == "Feinkost Lindner");
}

TEST_CASE("mail: nothing that people typed becomes mark-up") {
  core::Receipt receipt = tests::discounted_sale();
  const std::string evil = "\"><script>alert('x')</script>&lt;";
  receipt.shop.name = receipt.shop.street = receipt.shop.footer = receipt.shop.tax_number = evil;
  receipt.order.lines[0].title = receipt.order.lines[1].note = evil;
  receipt.order.lines[1].discount->reason = receipt.order.discount->reason = evil;
  receipt.order.customer.name = receipt.cashier = receipt.payments[0].reference = evil;
  const std::string html = mail(receipt, pos::Language::german).html;
  CHECK(html.find("<script") == html.npos);
  CHECK(html.find("alert('") == html.npos);
  CHECK(html.find("&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;lt;") !=
        html.npos);
}

TEST_CASE("mail: a word that is wider than a phone may break anywhere, an amount never") {
  core::Receipt receipt = tests::discounted_sale();
  receipt.order.lines[0].title =
      "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamte";
  const std::string html = mail(receipt, pos::Language::german).html;
  CHECK(html.find("word-break:break-word;overflow-wrap:anywhere") != html.npos);
  CHECK(html.find("padding:4px 0 4px 16px;white-space:nowrap") != html.npos);
}

TEST_CASE("mail: the language is the customer's, or else the shop's") {
  core::Receipt receipt = tests::plain_sale();
  CHECK(pos::language_of(receipt) == pos::Language::german);
  receipt.order.customer.language = "en";
  CHECK(pos::language_of(receipt) == pos::Language::english);
}
