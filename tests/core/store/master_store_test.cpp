#include "core/store/master_store.h"

#include <doctest/doctest.h>

#include "tests/scenarios/shop_day.h"

using namespace core;
using namespace tests;

namespace {

Receipt latest(ShopDay& shop) {
  return *load_receipt(shop.till.database(), receipt_rows(shop.till.database(), 0, 1).at(0).row);
}

}  // namespace

TEST_CASE("master data: the serial of a till is made once, and is a printable string") {
  ShopDay shop;
  const std::string serial = till_serial(shop.till.database());
  CHECK(serial.size() >= 8);
  CHECK(serial.size() <= 30);
  CHECK(serial.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") == serial.npos);
  shop.till.reopen();
  CHECK(till_serial(shop.till.database()) == serial);
  CHECK_FALSE(shop.till.database().execute("UPDATE till_serial SET serial = 'X'"));
  CHECK_FALSE(shop.till.database().execute("DELETE FROM till_serial"));
  CHECK_FALSE(shop.till.database().execute("INSERT INTO till_serial VALUES ('X')"));
}

TEST_CASE("master data: a change is a new version, and what was written keeps the old one") {
  ShopDay shop;
  shop.till.must(ChangeSetting{"shop.name", "Laden Alt"});
  shop.sell_cash("1.00");
  shop.sell_cash("2.00");
  CHECK(master_data_versions(shop.till.database()).size() == 1);
  const ShiftDocument closed = shop.close("3.00");
  CHECK(latest(shop).master.name == "Laden Alt");
  shop.till.must(ChangeSetting{"shop.name", "Laden Neu"});
  shop.till.must(ChangeSetting{"shop.vat_id", "DE123456789"});
  shop.till.must(ChangeSetting{"shop.postcode", "50668"});
  shop.sell_cash("4.00");
  const Receipt sold = latest(shop);
  CHECK(sold.master.name == "Laden Neu");
  CHECK(sold.master.vat_id == "DE123456789");
  CHECK(sold.master.serial == till_serial(shop.till.database()));
  CHECK_FALSE(sold.master.software.empty());
  CHECK(sold.shop.postcode == "50668");
  CHECK(master_data_versions(shop.till.database()).size() == 2);
  const auto z = load_receipt(shop.till.database(), closed.shift.last_receipt);
  CHECK(z->master.name == "Laden Alt");
  CHECK_FALSE(shop.till.database().execute("UPDATE master_data SET name = ''"));
  CHECK_FALSE(shop.till.database().execute("DELETE FROM master_data"));
  shop.till.database().forget_error();
  shop.check_books();
}

TEST_CASE("master data: the number of a cashier who left is never given again") {
  ShopDay shop;
  shop.till.must(AddCashier{"Lena", Role::manager, "1111", "de"});
  shop.till.must(SignIn{shop.till.now().staff.at(0).row, "1111"});
  shop.till.must(AddCashier{"Tom", Role::cashier, "2222", "de"});
  const auto staff = shop.till.now().staff;
  const std::int64_t tom = staff.at(0).name == "Tom" ? staff.at(0).row : staff.at(1).row;
  shop.till.must(RemoveCashier{tom});
  shop.till.must(AddCashier{"Ute", Role::cashier, "3333", "de"});
  for (const Cashier& cashier : shop.till.now().staff) CHECK(cashier.row != tom);
  shop.sell_cash("1.00");
  CHECK(latest(shop).cashier == "Lena");
  CHECK(latest(shop).cashier_number == 1);
}
