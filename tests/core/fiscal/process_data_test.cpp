#include "core/fiscal/process_data.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "core/base/text.h"
#include "core/fiscal/tax_keys.h"

// Its names are its own, also where sources are joined.
namespace core::fiscal {

namespace {

Money euros(std::int64_t cents) {
  return {cents, eur};
}

std::string data_of(EventKind kind, const std::vector<GrossOfKey>& gross,
                    const std::vector<Paid>& paid) {
  const auto made = receipt_data(kind, gross, paid);
  REQUIRE(made);
  CHECK(made->type == "Kassenbeleg-V1");
  return made->data;
}

}  // namespace

TEST_CASE("process data: the examples of Anhang I") {
  CHECK(data_of(EventKind::receipt, {{reduced_rate, euros(255)}}, {{Means::cash, euros(255)}}) ==
        "Beleg^0.00_2.55_0.00_0.00_0.00^2.55:Bar");
  CHECK(data_of(EventKind::receipt, {{outside_tax, euros(10000)}}, {{Means::cash, euros(10000)}}) ==
        "Beleg^0.00_0.00_0.00_0.00_100.00^100.00:Bar");
  CHECK(data_of(EventKind::receipt, {{outside_tax, euros(-10000)}},
                {{Means::cash, euros(-10000)}}) == "Beleg^0.00_0.00_0.00_0.00_-100.00^-100.00:Bar");
  CHECK(aborted_data().data == "AVBelegabbruch^0.00_0.00_0.00_0.00_0.00^");
  CHECK(aborted_data().type == "Kassenbeleg-V1");
}

TEST_CASE("process data: each key enters its sum, a former one that of today") {
  CHECK(data_of(EventKind::receipt,
                {{1, euros(1)},
                 {11, euros(10)},
                 {21, euros(100)},
                 {2, euros(2)},
                 {12, euros(20)},
                 {3, euros(3)},
                 {43, euros(30)},
                 {4, euros(4)},
                 {5, euros(5)},
                 {6, euros(6)},
                 {7, euros(7)},
                 {8, euros(8)}},
                {}) == "Beleg^1.11_0.22_0.33_0.04_0.26^");
  for (const int key : {-1, 0, 9, 10, 19, 20, 99, 100, 999, 1000}) {
    CAPTURE(key);
    CHECK_FALSE(receipt_data(EventKind::receipt, {{key, euros(1)}}, {}));
    CHECK(is_tax_key(key) == (key >= 1000));
  }
}

TEST_CASE("process data: cash stands first, sums of one kind are one, zeros are left out") {
  const Money dollars{500, usd};
  CHECK(data_of(EventKind::receipt, {{general_rate, euros(3000)}},
                {{Means::other, euros(1000)},
                 {Means::cash, dollars},
                 {Means::other, euros(500)},
                 {Means::cash, euros(2000)},
                 {Means::cash, euros(-500)},
                 {Means::other, dollars},
                 {Means::other, {-500, usd}}}) ==
        "Beleg^30.00_0.00_0.00_0.00_0.00^15.00:Bar_5.00:Bar:USD_15.00:Unbar");
  // What nobody pays is paid by nothing.
  CHECK(data_of(EventKind::receipt, {{1, euros(500)}, {5, euros(-500)}},
                {{Means::cash, euros(0)}}) == "Beleg^5.00_0.00_0.00_0.00_-5.00^");
}

TEST_CASE("process data: an amount has two digits behind a point in every currency") {
  const auto jpy = currency_from("JPY");
  CHECK(amount_text({1200, jpy}) == "1200.00");
  CHECK(amount_text({-5, {}}) == "-0.05");
  CHECK(amount_text(euros(100'000'000)) == "1000000.00");
  CHECK(data_of(EventKind::receipt, {}, {{Means::cash, {1200, jpy}}, {Means::cash, {7, {}}}}) ==
        "Beleg^0.00_0.00_0.00_0.00_0.00^0.07:Bar_1200.00:Bar:JPY");
}

TEST_CASE("process data: the words of an event are read as they are written") {
  for (int i = 0; i < 8; ++i) {
    const auto kind = static_cast<EventKind>(i);
    CHECK(event_kind_from(word(kind)) == kind);
  }
  CHECK(data_of(EventKind::training, {{1, euros(100)}}, {{Means::other, euros(100)}}) ==
        "AVTraining^1.00_0.00_0.00_0.00_0.00^1.00:Unbar");
  CHECK(data_of(EventKind::transfer, {}, {}) == "AVTransfer^0.00_0.00_0.00_0.00_0.00^");
  // A void is a receipt of reversed sign: nobody can name it otherwise.
  CHECK_FALSE(event_kind_from("AVBelegstorno"));
}

TEST_CASE("process data: an order's lines, quotes doubled, joined by CR") {
  const auto made = order_data({{pieces(2), "Eisbecher \"Himbeere\"", euros(399)},
                                {{1520}, "Käse; jung", euros(1290)},
                                {pieces(-1), "Pfand", euros(25)}});
  REQUIRE(made.size() == 1);
  CHECK(made[0].type == "Bestellung-V1");
  CHECK(made[0].data ==
        "2;\"Eisbecher \"\"Himbeere\"\"\";3.99\r1.52;\"Käse; jung\";12.90\r-1;\"Pfand\";0.25");
  CHECK(order_data({}).empty());
}

TEST_CASE("process data: any name becomes one line of letters") {
  const std::string hostile = std::string("a\r\nb\0c", 6) + "\x1b[2J\xff \u202e;|^_\U0001F600";
  const auto made = order_data({{pieces(1), hostile, euros(100)}});
  REQUIRE(made.size() == 1);
  CHECK(is_utf8(made[0].data));
  CHECK(made[0].data.find_first_of("\r\n\x1b") == std::string::npos);
  CHECK(made[0].data.find('\0') == std::string::npos);
  CHECK(other_data("Z 12\nnext").data == "Z 12 next");
  CHECK(other_data("Z 12").type == "SonstigerVorgang");
}

TEST_CASE("process data: a long name is cut at a letter, a long order at a line") {
  std::string name;
  for (int i = 0; i < 300; ++i) name += "ä";
  const auto one = order_data({{pieces(1), name, euros(100)}});
  CHECK(one[0].data.size() == 2 + 2 + 2 * 255 + 5);
  const std::vector<OrderedItem> items(500, {pieces(1), name, euros(100)});
  const auto several = order_data(items);
  std::size_t lines = 0;
  for (const ProcessData& each : several) {
    CHECK(each.data.size() <= largest_process_data);
    CHECK(each.type == "Bestellung-V1");
    lines += 1 + static_cast<std::size_t>(std::count(each.data.begin(), each.data.end(), '\r'));
  }
  CHECK(several.size() > 1);
  CHECK(lines == 500);
}

TEST_CASE("process data: the five sums are the amounts, whatever they are") {
  std::mt19937 random(20);
  for (int round = 0; round < 500; ++round) {
    std::vector<GrossOfKey> gross;
    std::int64_t sum = 0;
    for (auto i = random() % 12; i > 0; --i) {
      const std::int64_t cents = static_cast<std::int64_t>(random() % 200'000) - 100'000;
      gross.push_back({1 + static_cast<int>(random() % 8), euros(cents)});
      sum += cents;
    }
    const auto made = receipt_data(EventKind::receipt, gross, {{Means::cash, euros(sum)}});
    REQUIRE(made);
    std::int64_t printed = 0;
    std::size_t at = made->data.find('^') + 1;
    for (int i = 0; i < 5; ++i) {
      const std::size_t end = made->data.find_first_of("_^", at);
      std::string amount = made->data.substr(at, end - at);
      amount.erase(amount.size() - 3, 1);
      printed += std::stoll(amount);
      at = end + 1;
    }
    CHECK(printed == sum);
    CHECK(made->data.substr(at) == (sum == 0 ? "" : to_plain(euros(sum)) + ":Bar"));
  }
}

}  // namespace core::fiscal
