// What a shop keeps of its customers: written down once, found as one types, brought
// together where somebody stands there twice, and removed when they ask for it.
#include "core/store/customer_store.h"
#include "core/store/outbox_store.h"
#include "tests/scenarios/shop_day.h"

using core::CustomerRecord;
using tests::ShopDay;

namespace {

CustomerRecord regular() {
  CustomerRecord record;
  record.name = "Anna Müller";
  record.email = "anna@example.de";
  record.phone = "0221 555 01";
  record.street = "Lindenallee 4";
  record.postcode = "50668";
  record.city = "Köln";
  return record;
}

std::int64_t write_down(ShopDay& shop, const CustomerRecord& record,
                        std::optional<bool> may_mail = {}) {
  shop.till.must(core::SaveCustomer{record, may_mail});
  return core::latest_customer(shop.till.database());
}

core::OrderId sell_to(ShopDay& shop, std::int64_t customer, const std::string& price) {
  shop.put_in_cart(price);
  const auto record = core::find_customer(shop.till.database(), customer);
  REQUIRE(record);
  shop.till.must(core::SetCustomer{core::as_customer(*record)});
  return shop.pay_cash();
}

std::vector<std::int64_t> found_by(ShopDay& shop, std::string_view text) {
  std::vector<std::int64_t> ids;
  for (const auto& record : core::find_records(shop.till.database(), text, 10)) {
    ids.push_back(record.id);
  }
  return ids;
}

using Ids = std::vector<std::int64_t>;

core::Receipt customer_receipt(ShopDay& shop, core::OrderId id, std::size_t which = 0) {
  const auto order = core::find_order(shop.till.database(), id);
  REQUIRE(order);
  const auto rows = core::receipts_of_order(shop.till.database(), order->row);
  REQUIRE(rows.size() > which);
  const auto receipt = core::load_receipt(shop.till.database(), rows[which]);
  REQUIRE(receipt);
  return *receipt;
}

core::CustomerSums sums(ShopDay& shop, std::int64_t id) {
  return core::sums_of_customer(shop.till.database(), id, core::eur);
}

// All that the journal says, in one text.
std::string whole_journal_text(ShopDay& shop) {
  std::string text;
  auto rows =
      shop.till.database().query("SELECT actor || ' ' || subject || ' ' || content FROM journal");
  while (rows.next()) text += rows.text(0) + "\n";
  return text;
}

}  // namespace

TEST_CASE("C1: doubles become one customer: 12.00 and 8.50 are 20.50") {
  ShopDay shop;
  shop.open("0.00");
  const auto a = write_down(shop, regular());
  CustomerRecord other;
  other.name = "A. Mueller";
  other.email = "mueller@example.org";
  other.vat_id = "de 123 456 789";
  const auto b = write_down(shop, other, true);
  sell_to(shop, a, "12.00");
  const auto moved = sell_to(shop, b, "8.50");
  shop.till.must(core::MergeCustomers{a, b});
  CHECK(shop.text(sums(shop, a).sold) == "20.50");
  CHECK(sums(shop, a).orders == 2);
  // Both numbers and both addresses lead to the one; its own fields stay, what it lacked came.
  const auto one = core::find_customer(shop.till.database(), b);
  REQUIRE(one);
  CHECK(one->id == a);
  CHECK(one->name == "Anna Müller");
  CHECK(one->vat_id == "DE123456789");
  CHECK(one->may_mail());
  CHECK(core::find_customer_by_email(shop.till.database(), "mueller@example.org")->id == a);
  CHECK(found_by(shop, "a. mueller") == Ids{a});
  CHECK(found_by(shop, "anna") == Ids{a});
  CHECK(core::records(shop.till.database(), 10).size() == 1);
  // The order says what was said then.
  CHECK(core::find_order(shop.till.database(), moved)->customer.name == "A. Mueller");
  // Merging again changes nothing, either way round.
  const auto before = core::load_customer(shop.till.database(), a);
  shop.till.must(core::MergeCustomers{a, b});
  shop.till.must(core::MergeCustomers{b, a});
  CHECK(core::load_customer(shop.till.database(), a) == before);
  CHECK(shop.text(sums(shop, b).sold) == "0.00");
  CHECK(shop.text(sums(shop, a).sold) == "20.50");
  // Who comes with the old address is the same customer.
  shop.put_in_cart("1.00");
  shop.till.must(core::SetCustomer{{"A. Mueller", "mueller@example.org", ""}});
  shop.pay_cash();
  CHECK(sums(shop, a).orders == 3);
  CHECK(core::load_customer(shop.till.database(), a)->email == "anna@example.de");
  shop.check_books();
}

TEST_CASE("C1: three records become one, and the first number still leads there") {
  ShopDay shop;
  CustomerRecord record;
  record.name = "Bo";
  const auto first = write_down(shop, record), second = write_down(shop, record),
             third = write_down(shop, record);
  shop.till.must(core::MergeCustomers{second, first});
  shop.till.must(core::MergeCustomers{third, second});
  CHECK(core::find_customer(shop.till.database(), first)->id == third);
  CHECK(shop.till.refused(core::MergeCustomers{third, third}).text == "This is the same customer.");
}

TEST_CASE("I1: 250.00 is a small-amount receipt, 250.01 asks for name and address, once") {
  ShopDay shop;
  shop.open("0.00");
  shop.put_in_cart("250.00");
  CHECK_FALSE(shop.till.now().asks_for_address);
  const auto small = shop.pay_cash();
  CHECK_FALSE(customer_receipt(shop, small).invoice.is_known());

  shop.put_in_cart("250.01");
  CHECK(shop.till.now().asks_for_address);
  shop.till.must(core::LeaveOutAddress{});
  CHECK_FALSE(shop.till.now().asks_for_address);
  CHECK_FALSE(customer_receipt(shop, shop.pay_cash()).invoice.is_known());

  // The next one is asked again, and the customer's address is printed.
  const auto id = write_down(shop, regular());
  shop.put_in_cart("250.01");
  CHECK(shop.till.now().asks_for_address);
  shop.till.must(
      core::SetCustomer{core::as_customer(*core::find_customer(shop.till.database(), id))});
  CHECK_FALSE(shop.till.now().asks_for_address);
  const auto order = shop.pay_cash();
  const core::Receipt invoice = customer_receipt(shop, order);
  CHECK(invoice.invoice.address.street == "Lindenallee 4");
  CHECK(invoice.invoice.address.city == "Köln");
  // Who moves gets later receipts with the new address; this one stays what it was.
  CustomerRecord moved = *core::find_customer(shop.till.database(), id);
  moved.street = "Domplatz 1";
  shop.till.must(core::SaveCustomer{moved, {}});
  CHECK(customer_receipt(shop, order).invoice.address.street == "Lindenallee 4");
  CHECK(customer_receipt(shop, sell_to(shop, id, "300.00")).invoice.address.street == "Domplatz 1");
  shop.check_books();
}

TEST_CASE("I1: who is asked says the address there and then, and is kept") {
  ShopDay shop;
  shop.open("0.00");
  shop.put_in_cart("300.00");
  shop.till.must(core::BillTo{regular()});
  CHECK(shop.till.now().order.customer.name == "Anna Müller");
  CHECK_FALSE(shop.till.now().asks_for_address);
  const auto order = shop.pay_cash();
  CHECK(customer_receipt(shop, order).invoice.address.city == "Köln");
  CHECK(found_by(shop, "anna").size() == 1);
  // Who is known without an address keeps what was known besides it.
  const auto bo = write_down(shop, {.name = "Bo", .phone = "0228 1", .notes = "Fridays"});
  shop.put_in_cart("251.00");
  shop.till.must(core::BillTo{{.id = bo, .name = "Bo B.", .street = "Am Hof 1", .city = "Bonn"}});
  const auto now = core::load_customer(shop.till.database(), bo);
  CHECK(now->name == "Bo B.");
  CHECK(now->phone == "0228 1");
  CHECK(now->notes == "Fridays");
  CHECK(now->city == "Bonn");
  shop.pay_cash();
  shop.check_books();
}

TEST_CASE("I1: the limit is a setting, and 0 never asks") {
  ShopDay shop;
  shop.till.must(core::ChangeSetting{"receipts.invoice_above", "40000"});
  shop.put_in_cart("399.00");
  CHECK_FALSE(shop.till.now().asks_for_address);
  shop.put_in_cart("1.01");
  CHECK(shop.till.now().asks_for_address);
  shop.till.must(core::ChangeSetting{"receipts.invoice_above", "0"});
  CHECK_FALSE(shop.till.now().asks_for_address);
}

TEST_CASE("a customer is found as one types: name, company, city, phone, address") {
  ShopDay shop;
  const auto a = write_down(shop, regular());
  CustomerRecord firm;
  firm.company = "Bäckerei Vogt GmbH";
  firm.city = "Bonn";
  const auto b = write_down(shop, firm);
  CHECK(found_by(shop, "müll") == Ids{a});
  CHECK(found_by(shop, "02215") == Ids{a});
  CHECK(found_by(shop, "baeckerei") == Ids{b});
  CHECK(found_by(shop, "vogt bonn") == Ids{b});
  CHECK(core::as_customer(*core::find_customer(shop.till.database(), b)).name ==
        "Bäckerei Vogt GmbH");
}

TEST_CASE("the history has the orders, what was sold and what came back") {
  ShopDay shop;
  shop.open("0.00");
  const auto id = write_down(shop, regular());
  CHECK(sums(shop, id).orders == 0);
  const auto first = sell_to(shop, id, "20.00");
  shop.till.clock.advance(std::chrono::hours(48));
  sell_to(shop, id, "5.50");
  shop.give_back_cash(first);
  const core::CustomerSums now = sums(shop, id);
  CHECK(now.orders == 2);
  CHECK(shop.text(now.sold) == "25.50");
  CHECK(shop.text(now.given_back) == "20.00");
  CHECK(now.last_visit - now.first_visit == std::chrono::hours(48));
  const auto page = core::order_page(shop.till.database(), {.customer = id});
  CHECK(page.total == 2);
  CHECK(page.rows.front().total == shop.money("5.50"));
}

TEST_CASE("an order without a record is nobody's, and one of an address is its customer's") {
  ShopDay shop;
  shop.open("0.00");
  shop.sell_cash("3.00");
  CHECK(core::records(shop.till.database(), 10).empty());
  shop.put_in_cart("3.00");
  shop.till.must(core::SetCustomer{{"Lea", "lea@example.de", ""}});
  const auto order = shop.pay_cash();
  const auto lea = core::find_customer_by_email(shop.till.database(), "LEA@example.de");
  REQUIRE(lea);
  CHECK(core::find_order(shop.till.database(), order)->customer.record == lea->id);
  CHECK(lea->created == shop.till.clock.now());
}

TEST_CASE("consent has a time and who heard it, and the latest counts") {
  ShopDay shop;
  shop.till.must(core::AddCashier{"Jana", core::Role::manager, "1111", ""});
  shop.till.must(core::SignIn{shop.till.now().staff.front().row, "1111"});
  const auto id = write_down(shop, regular(), true);
  auto record = core::load_customer(shop.till.database(), id);
  REQUIRE(record->consents.size() == 1);
  CHECK(record->consents[0].who == "Jana");
  CHECK(record->consents[0].at == shop.till.clock.now());
  shop.till.must(core::SaveCustomer{*record, true});  // said again: nothing new
  shop.till.clock.advance(std::chrono::hours(1));
  shop.till.must(core::SaveCustomer{*record, false});
  record = core::load_customer(shop.till.database(), id);
  CHECK(record->consents.size() == 2);
  CHECK_FALSE(record->may_mail());
}

TEST_CASE("removal takes the person at once, and leaves what was printed") {
  ShopDay shop;
  shop.open("0.00");
  CustomerRecord record = regular();
  record.notes = "likes rye";
  const auto id = write_down(shop, record, true);
  const auto order = sell_to(shop, id, "300.00");
  shop.till.must(core::EmailReceipt{order, "anna@example.de"});
  // A second one, from before the record had an address.
  const auto plain = write_down(shop, {.name = "Anna M.", .email = "am@example.org"});
  const auto small = sell_to(shop, plain, "2.00");
  shop.till.must(core::MergeCustomers{id, plain});
  const std::string printed = core::canonical_text(customer_receipt(shop, order));
  shop.give_back_cash(small, "0.50");
  // An open cart of hers is nobody's afterwards.
  shop.put_in_cart("1.00");
  shop.till.must(
      core::SetCustomer{core::as_customer(*core::find_customer(shop.till.database(), id))});

  shop.till.must(core::RemoveCustomer{id});
  for (const auto gone : {id, plain}) {
    const auto left = core::load_customer(shop.till.database(), gone);
    REQUIRE(left);
    CHECK(left->state == core::CustomerState::removed);
    CHECK(left->name.empty());
    CHECK(left->email.empty());
    CHECK(left->notes.empty());
    CHECK(left->consents.empty());
  }
  CHECK(found_by(shop, "anna").empty());
  CHECK(core::records(shop.till.database(), 10).empty());
  CHECK(core::order_page(shop.till.database(), {.text = "Anna"}).total == 0);
  CHECK(core::order_page(shop.till.database(), {.text = "anna@example.de"}).total == 0);
  CHECK_FALSE(shop.till.now().order.customer.is_known());
  // The order is somebody's who was removed; the receipt says what was printed.
  const auto sold = core::find_order(shop.till.database(), order);
  CHECK(sold->customer.is_removed());
  CHECK(sold->customer.record == id);
  for (const auto& entry : sold->timeline) CHECK(entry.detail.find("anna@") == entry.detail.npos);
  const core::Receipt kept = customer_receipt(shop, order);
  CHECK(kept.order.customer.name == "Anna Müller");
  CHECK(kept.invoice.address.street == "Lindenallee 4");
  CHECK(core::canonical_text(kept) == printed);
  CHECK(customer_receipt(shop, small).order.customer.name == "Anna M.");
  CHECK_FALSE(customer_receipt(shop, small).invoice.is_known());
  for (const auto& row : core::outbox_page(shop.till.database(), 0, 50)) {
    CHECK(row.recipient.find("anna@") == row.recipient.npos);
  }
  // The sums of the shop are what they were.
  CHECK(sums(shop, id).orders == 2);
  shop.check_books();
  CHECK(shop.till.refused(core::RemoveCustomer{id}).text == "This customer was removed.");
  const auto next = write_down(shop, regular());
  CHECK(next > plain);
  CHECK(shop.till.refused(core::MergeCustomers{next, id}).text == "This customer was removed.");
  CHECK(shop.till.refused(core::MergeCustomers{id, next}).text == "This customer was removed.");
}

TEST_CASE("who still has an order open is not removed yet") {
  ShopDay shop;
  shop.open("0.00");
  const auto id = write_down(shop, regular());
  shop.put_in_cart("40.00");
  shop.till.must(
      core::SetCustomer{core::as_customer(*core::find_customer(shop.till.database(), id))});
  const auto order = shop.till.now().order.id;
  shop.till.must(core::TakeCash{shop.money("10.00")});
  shop.till.must(core::LeavePartiallyPaid{});
  const auto no = shop.till.refused(core::RemoveCustomer{id});
  CHECK(no.text == "An order of this customer is not finished yet.");
  CHECK(no.detail == core::find_order(shop.till.database(), order)->number);
  shop.till.must(core::CollectPayment{order});
  shop.till.must(core::TakeCash{shop.money("30.00")});
  shop.till.must(core::RemoveCustomer{id});
}

TEST_CASE("the journal never learns who a customer is") {
  ShopDay shop;
  shop.open("0.00");
  const auto id = write_down(shop, regular(), true);
  const auto order = sell_to(shop, id, "300.00");
  shop.till.must(core::EmailReceipt{order, "anna@example.de"});
  shop.till.must(core::SetOrderCustomer{order, {"Anna Vogt", "vogt@example.de", ""}});
  CustomerRecord record = *core::load_customer(shop.till.database(), id);
  record.phone = "0221 777";
  shop.till.must(core::SaveCustomer{record, {}});
  shop.till.must(core::RemoveCustomer{id});
  const std::string text = whole_journal_text(shop);
  for (const char* personal :
       {"Anna", "anna@", "vogt@", "Lindenallee 4", "0221 555 01", "0221 777"}) {
    CHECK_MESSAGE(text.find(personal) == text.npos, personal);
  }
  CHECK(text.find("invoice to customer 1\n") != text.npos);
}

TEST_CASE("a cashier writes customers down, removal and merging want a manager's PIN") {
  ShopDay shop;
  shop.till.must(core::AddCashier{"Jana", core::Role::manager, "1111", ""});
  shop.till.must(core::SignIn{shop.till.now().staff.front().row, "1111"});
  shop.till.must(core::AddCashier{"Kim", core::Role::cashier, "2222", ""});
  shop.till.must(core::SignIn{shop.till.now().staff.back().row, "2222"});
  const auto a = write_down(shop, regular());
  const auto b = write_down(shop, {.name = "Anna M."});
  CHECK(shop.till.refused(core::MergeCustomers{a, b}).kind == core::RefusalKind::needs_approval);
  CHECK(shop.till.refused(core::RemoveCustomer{b}).kind == core::RefusalKind::needs_approval);
  shop.till.must(core::MergeCustomers{a, b}, "1111");
  shop.till.must(core::RemoveCustomer{a}, "1111");
}

TEST_CASE("an impossible customer is refused in words") {
  ShopDay shop;
  write_down(shop, regular());
  const auto refused = [&](auto change) {
    CustomerRecord record;
    record.name = "Bo";
    change(record);
    return shop.till.refused(core::SaveCustomer{record, {}}).text;
  };
  CHECK(refused([](CustomerRecord& r) { r.name = " "; }) == "Please give a name or a company.");
  CHECK(refused([](CustomerRecord& r) { r.email = "bo"; }) == "This is not an e-mail address.");
  CHECK(refused([](CustomerRecord& r) { r.email = "ANNA@example.de"; }) ==
        "Another customer has this e-mail address.");
  CHECK(refused([](CustomerRecord& r) { r.vat_id = "12"; }) ==
        "This is not a VAT id, as in DE123456789.");
  CHECK(refused([](CustomerRecord& r) { r.city = "K\x1f"; }) == "This name is not possible.");
  CHECK(refused([](CustomerRecord& r) { r.id = 77; }) == "This customer is not there.");
}

TEST_CASE("what the platform says of somebody who was removed is not taken up again") {
  ShopDay shop;
  shop.till.must(core::ReceiveCatalogue{{}, {}, {{"c1", {"Omar", "omar@example.de", ""}, false}}});
  const auto omar = core::find_customer_by_email(shop.till.database(), "omar@example.de");
  REQUIRE(omar);
  shop.till.must(core::RemoveCustomer{omar->id});
  shop.till.must(core::ReceiveCatalogue{{}, {}, {{"c1", {"Omar", "omar@example.de", ""}, false}}});
  CHECK(core::records(shop.till.database(), 10).empty());
}
