// Who may do what at the till, and up to which limits; badges; whose the open cart is.
#include "tests/scenarios/shop_day.h"

using core::Allowed;
using core::Permission;
using core::RefusalKind;
using core::Tender;
using tests::ShopDay;

namespace {

constexpr const char* ninas_badge = "4099999000017";

// Anna the manager, and Berta with a role of her own.
struct Crew {
  explicit Crew(core::StaffRole role) {
    till().must(core::AddCashier{"Anna", core::Role::manager, "1111", ""});
    till().must(core::SignIn{1, "1111"});
    till().must(core::SaveRole{std::move(role)});
    till().must(core::AddCashier{"Berta", till().now().roles.back().role, "2222", ""});
  }
  tests::TillDriver& till() { return shop.till; }
  void berta() { till().must(core::SignIn{2, "2222"}); }
  void anna() { till().must(core::SignIn{1, "1111"}); }

  ShopDay shop;
};

core::StaffRole helper() {
  core::StaffRole role = core::copy_of(core::built_in_role(core::Role::cashier), "Helper");
  core::set(role, Permission::refund, Allowed::yes);
  role.limits = {1000, 2000, 1500};  // 10 %, 20.00, 15.00
  return role;
}

core::RefundOrder back_of(ShopDay& shop, core::OrderId id, const std::string& amount) {
  core::RefundOrder back{id};
  back.reason = "goodwill";
  back.tender = Tender::cash;
  back.amount = shop.money(amount);
  return back;
}

core::Discount percent_off(std::int64_t points) {
  return {core::DiscountKind::percent, points, "regular"};
}

}  // namespace

TEST_CASE("A3: with a limit of 10 % a second discount that makes 14.5 % together needs approval") {
  Crew crew(helper());
  crew.berta();
  crew.shop.put_in_cart("100.00");
  const auto line = crew.till().now().order.lines.front().id;
  crew.till().must(core::DiscountLine{line, percent_off(1000)});
  CHECK(crew.till().refused(core::DiscountOrder{percent_off(500)}).kind ==
        RefusalKind::needs_approval);
  crew.till().must(core::DiscountOrder{percent_off(500)}, "1111");
  CHECK(crew.shop.text(crew.till().now().totals.total) == "85.50");
}

TEST_CASE("A4: with a limit of 20 a refund of 30 takes a manager, and both names stand there") {
  Crew crew(helper());
  crew.berta();
  const auto id = crew.shop.sell_cash("60.00");
  crew.till().must(back_of(crew.shop, id, "20.00"));
  CHECK(crew.till().refused(back_of(crew.shop, id, "30.00")).kind == RefusalKind::needs_approval);
  crew.till().must(back_of(crew.shop, id, "30.00"), "1111");
  const auto order = core::find_order(crew.till().database(), id);
  REQUIRE(order->refunds.size() == 2);
  CHECK(order->refunds.front().approver == "");
  CHECK(order->refunds.back().approver == "Anna");
  CHECK(crew.till().now().cashier->name == "Berta");
  crew.shop.check_books();
}

TEST_CASE("staff: cash leaves the drawer up to a limit, more with approval") {
  Crew crew(helper());
  crew.berta();
  crew.shop.open("100.00");
  crew.shop.paid_out("15.00", "stamps");
  const core::MoveCash more{core::CashMoveKind::paid_out, crew.shop.money("15.01"), "stamps"};
  CHECK(crew.till().refused(more).kind == RefusalKind::needs_approval);
  crew.till().must(more, "1111");
  crew.shop.paid_in("500.00", "change");  // in is no matter
  CHECK(crew.shop.expected(crew.shop.x()) == "569.99");
}

TEST_CASE("staff: an approver's own limit holds as well") {
  Crew crew(helper());
  core::StaffRole lead = core::copy_of(helper(), "Shift lead");
  core::set(lead, Permission::approve, Allowed::yes);
  lead.limits.refund = 5000;
  crew.till().must(core::SaveRole{lead});
  crew.till().must(core::AddCashier{"Carla", crew.till().now().roles.back().role, "3333", ""});
  crew.berta();
  const auto id = crew.shop.sell_cash("200.00");
  crew.till().must(back_of(crew.shop, id, "50.00"), "3333");
  crew.till().refused(back_of(crew.shop, id, "50.01"), "3333");
  crew.till().must(back_of(crew.shop, id, "50.01"), "1111");
}

TEST_CASE("staff: each permission of a role is allowed, needs approval or is off") {
  Crew crew(helper());
  core::StaffRole role = crew.till().now().roles.back();
  core::set(role, Permission::void_line, Allowed::no);
  core::set(role, Permission::open_drawer, Allowed::yes);
  core::set(role, Permission::run_shift, Allowed::with_approval);
  crew.till().must(core::SaveRole{role});
  crew.till().reopen();
  crew.berta();
  crew.shop.put_in_cart("5.00");
  CHECK(crew.till()
            .refused(core::VoidLine{crew.till().now().order.lines.front().id, "no"}, "1111")
            .kind == RefusalKind::not_allowed);
  crew.till().must(core::OpenDrawerByHand{"change"});
  CHECK(crew.till().refused(core::OpenShift{crew.shop.money("1.00")}).kind ==
        RefusalKind::needs_approval);
  crew.till().must(core::OpenShift{crew.shop.money("1.00")}, "1111");
}

TEST_CASE("staff: a role is changed and removed with care") {
  Crew crew(helper());
  const core::StaffRole role = crew.till().now().roles.back();
  crew.till().refused(core::RemoveRole{role.role});  // Berta has it
  crew.till().refused(core::RemoveRole{core::Role::cashier});
  core::StaffRole manager = core::role_of(crew.till().now().roles, core::Role::manager);
  core::set(manager, Permission::sell, Allowed::no);
  crew.till().refused(core::SaveRole{manager});
  crew.till().refused(core::SaveRole{core::copy_of(role, "helper")});  // the name is taken
  core::StaffRole wrong = role;
  wrong.limits.discount = 10'001;
  crew.till().refused(core::SaveRole{wrong});
  core::Cashier berta = crew.till().now().staff.back();
  berta.role = core::Role::cashier;
  crew.till().must(core::ChangeCashier{berta, ""});
  crew.till().must(core::RemoveRole{role.role});
  CHECK(crew.till().now().roles.size() == 2);
  crew.till().refused(core::AddCashier{"Dora", role.role, "4444", ""});
  crew.berta();
  crew.till().refused(core::SaveRole{helper()});
}

TEST_CASE("staff: a cashier of before keeps what cashiers may") {
  ShopDay shop;
  const auto roles = shop.till.now().roles;
  REQUIRE(roles.size() == 2);
  CHECK(roles[0] == core::built_in_role(core::Role::cashier));
  CHECK(roles[1] == core::built_in_role(core::Role::manager));
}

TEST_CASE("staff: a badge signs in where it is scanned, and the cart stays whose it is") {
  Crew crew(helper());
  crew.till().refused(core::SetBadge{2, "1234"});  // looks like a PIN
  crew.till().refused(core::SetBadge{2, "short"});
  crew.till().must(core::SetBadge{2, ninas_badge});
  crew.till().refused(core::SetBadge{1, ninas_badge});  // somebody else's
  CHECK(crew.till().now().staff[1].has_badge);
  crew.shop.put_in_cart("7.00");
  crew.till().scan(ninas_badge);
  CHECK(crew.till().now().cashier->name == "Berta");
  CHECK(crew.till().now().order.lines.size() == 1);
  CHECK(crew.till().now().order.cashier == "Anna");
  crew.till().must(core::TakeOverCart{});
  CHECK(crew.till().now().order.cashier == "Berta");
  crew.till().reopen();
  CHECK(crew.till().now().order.cashier == "Berta");
  crew.till().must(core::SignInByBadge{ninas_badge});
  crew.anna();
  crew.till().must(core::SetBadge{2, ""});
  crew.till().refused(core::SignInByBadge{ninas_badge});
}

TEST_CASE("staff: a manager's badge approves as the PIN does") {
  Crew crew(helper());
  crew.till().must(core::SetBadge{1, "ANNA-9f3k-77"});
  crew.till().must(core::SetBadge{2, ninas_badge});
  crew.berta();
  const auto id = crew.shop.sell_cash("60.00");
  crew.till().refused(back_of(crew.shop, id, "30.00"), ninas_badge);
  crew.till().must(back_of(crew.shop, id, "30.00"), "ANNA-9f3k-77");
}
