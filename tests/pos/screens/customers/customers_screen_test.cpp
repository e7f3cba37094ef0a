#include "pos/screens/customers/customers_screen.h"

#include <doctest/doctest.h>

#include "pos/screens/customers/address_sheet.h"
#include "tests/support/orders_scene.h"
#include "tests/support/ui_driver.h"

using namespace tests;

namespace {

core::CustomerRecord anna() {
  core::CustomerRecord record;
  record.id = 12;
  record.name = "Anna Müller";
  record.email = "anna@example.de";
  record.street = "Lindenallee 4";
  record.postcode = "50668";
  record.city = "Köln";
  record.consents = {{true, noon, "Jana"}};
  return record;
}

struct CustomersPage {
  OrdersScene box;
  pos::CustomersInput input;
  pos::Reaction reaction;
  test::UiDriver ui;

  explicit CustomersPage(int width = 1280, int height = 800, pos::ui::Look look = {})
      : ui(width, height, look) {
    box.till.revision = 5;
    core::CustomerRecord other;
    other.id = 13;
    other.name = "A. Mueller";
    box.found.records.rows = {anna(), other};
    core::RecordDetail detail{anna(), {2, cents(2550), cents(2000), noon, noon}, {}};
    detail.orders.rows = {order_rows()[1]};
    box.found.record = {12, detail};
  }
  test::UiDriver::Draw draw() {
    return [this](pos::ui::Ui& on) {
      auto now = pos::run(on, box.scene(), input);
      if (!now.is_empty()) reaction = now;
    };
  }
  void tap(std::string_view what) { ui.tap(what, draw()); }
  template <class Command>
  const Command& last() {
    REQUIRE(reaction.commands.size() == 1);
    return reaction.commands[0].get<Command>();
  }
};

}  // namespace

TEST_CASE("customers: the page asks for who is typed, and for the one who is chosen") {
  CustomersPage page;
  page.input.text = " anna ";
  page.input.chosen = 12;
  const pos::Questions asked = pos::wants(page.box.scene(), page.input);
  REQUIRE(asked.size() == 2);
  CHECK(std::get<core::AskRecords>(asked[0]).text == "anna");
  CHECK(std::get<core::AskRecord>(asked[1]).id == 12);
}

TEST_CASE("customers: one has sums, facts and orders, and an order is opened") {
  CustomersPage page;
  page.tap("Anna Müller");
  CHECK(page.input.chosen == 12);
  const auto view = pos::present(page.box.scene(), page.input);
  REQUIRE(view.page);
  CHECK(view.page->second == "Customer 12");
  CHECK(view.page->sums[1].value == "€25.50");
  CHECK(view.page->sums[2].value == "€20.00");
  page.tap("T1-000482");
  CHECK(page.reaction.go == pos::Screen::order);
}

TEST_CASE("customers: a change is sent once it is right, and the sheet stays until it is saved") {
  CustomersPage page;
  page.input.chosen = 12;
  page.tap("Edit");
  auto& edit = std::get<pos::CustomerEditInput>(page.input.sheet);
  edit.fields.values[6] = "no address";
  page.tap("Save");
  CHECK(page.ui.refused() == "This is not an e-mail address.");
  edit.fields.values[6] = "anna@example.org";
  page.tap("Save");
  CHECK(page.last<core::SaveCustomer>().customer.email == "anna@example.org");
  CHECK(page.last<core::SaveCustomer>().customer.city == "Köln");
  CHECK_FALSE(page.last<core::SaveCustomer>().may_mail);
  CHECK_FALSE(pos::takes_scan(page.input));
  page.box.till.revision = 6;
  page.ui.draw(page.draw());
  CHECK(pos::takes_scan(page.input));
}

TEST_CASE("customers: what was said about mail is sent with the change") {
  CustomersPage page;
  page.input.chosen = 12;
  page.tap("Edit");
  auto& edit = std::get<pos::CustomerEditInput>(page.input.sheet);
  edit.fields.keyboard.is_shown = false;
  page.ui.draw(page.draw());
  page.tap("No");
  page.tap("Save");
  CHECK(page.last<core::SaveCustomer>().may_mail == false);
}

TEST_CASE("customers: a merge is asked about, and names both") {
  CustomersPage page;
  page.input.chosen = 12;
  page.tap("Merge");
  auto& merge = std::get<pos::MergeInput>(page.input.sheet);
  merge.text.clear();
  page.ui.draw(page.draw());
  page.ui.draw(page.draw());
  merge.other = page.box.found.records.rows[1];
  const auto view = pos::present(page.box.scene(), merge);
  REQUIRE(view.question);
  CHECK(view.question->words.starts_with(
      "The orders of A. Mueller (number 13) move to Anna Müller (number 12)."));
  page.ui.draw(page.draw());
  page.ui.key(pos::ui::Key::f9, page.draw());
  page.ui.draw(page.draw());
  CHECK(page.last<core::MergeCustomers>().into == 12);
  CHECK(page.last<core::MergeCustomers>().other == 13);
}

TEST_CASE("customers: removal says what stays, and Enter keeps") {
  CustomersPage page;
  page.input.chosen = 12;
  page.tap("Remove");
  CHECK(page.ui.shows("Remove this customer?"));
  page.ui.key(pos::ui::Key::enter, page.draw());
  page.ui.draw(page.draw());
  CHECK(pos::takes_scan(page.input));
  CHECK(page.reaction.commands.empty());
  page.tap("Remove");
  page.ui.key(pos::ui::Key::f9, page.draw());
  page.ui.draw(page.draw());
  CHECK(page.last<core::RemoveCustomer>().customer == 12);
}

TEST_CASE("customers: who was removed is a number, and nothing more can be done") {
  CustomersPage page;
  core::RecordDetail gone;
  gone.record.id = 12;
  gone.record.state = core::CustomerState::removed;
  page.box.found.record = {12, gone};
  page.input.chosen = 12;
  const auto view = pos::present(page.box.scene(), page.input);
  CHECK(view.page->name == "Removed customer 12");
  CHECK(view.page->edit.empty());
}

TEST_CASE("customers: every size shows the page without a word cut off a button") {
  for (const auto& [width, height] :
       {std::pair{1280, 800}, {1024, 600}, {800, 1280}, {1920, 1080}}) {
    CustomersPage page(width, height);
    page.box.width = width;
    page.box.height = height;
    page.input.chosen = 12;
    page.ui.draw(page.draw());
    for (const char* word : {"Edit", "Merge", "Export", "Remove", "Anna Müller"}) {
      CAPTURE(word);
      CHECK(page.ui.shows(word));
    }
  }
}

TEST_CASE("address: a payment waits for the answer, then it goes on") {
  OrdersScene box;
  box.till.asks_for_address = true;
  box.till.revision = 7;
  box.till.order.customer = {"Anna", "", ""};
  pos::AddressInput input{pos::say(core::TakeCash{cents(25001)})};
  CHECK(pos::present(box.scene(), input).words.starts_with("Above €250.00 an invoice"));
  const auto without = pos::react(pos::WaysTap::main, box.scene(), input);
  CHECK(without.is_closed);
  REQUIRE(without.reaction.commands.size() == 2);
  CHECK(without.reaction.commands[0].is<core::LeaveOutAddress>());
  CHECK(without.reaction.commands[1].is<core::TakeCash>());
  CHECK(pos::react(pos::WaysTap::cancel, box.scene(), input).reaction.commands.empty());

  pos::react(pos::WaysTap::other, box.scene(), input);
  REQUIRE(input.edit);
  CHECK(input.edit->fields.values[0] == "Anna");
  const auto view = pos::present(box.scene(), *input.edit);
  CHECK(view.foot.why_not == "Please give street and city.");
  input.edit->fields.values[2] = "Lindenallee 4";
  input.edit->fields.values[4] = "Köln";
  pos::FieldsTap save;
  save.foot = pos::SheetTap::accept;
  const auto sent = pos::react(save, box.scene(), *input.edit);
  REQUIRE(sent.reaction.commands.size() == 1);
  CHECK(sent.reaction.commands[0].get<core::BillTo>().customer.city == "Köln");
  // Saved: the sheet closes by itself and the payment is taken.
  box.till.revision = 8;
  box.till.asks_for_address = false;
  test::UiDriver ui;
  pos::SheetResult result;
  ui.draw([&](pos::ui::Ui& on) {
    if (!result.is_closed) result = pos::run(on, box.scene(), input);
  });
  CHECK(result.is_closed);
  REQUIRE(result.reaction.commands.size() == 1);
  CHECK(result.reaction.commands[0].is<core::TakeCash>());
}
