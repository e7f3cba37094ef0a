// The rules over 10,000 open orders: the dry run that a screen shows, and doing
// it. Budget: under a second for the rules themselves.
#include <benchmark/benchmark.h>

#include "core/base/clock.h"
#include "core/register.h"
#include "core/store/rule_store.h"
#include "tests/bench/size.h"
#include "tests/support/temp_folder.h"

namespace {

const std::int64_t orders = benches::rows("TRESEN_BENCH_OPEN_ORDERS", 10'000);

core::Order order_number(std::int64_t n, core::Instant now) {
  core::Order order;
  const auto id = [&](std::uint8_t kind) {
    core::Uuid uuid;
    uuid.bytes[0] = kind;
    for (std::size_t i = 0; i < 8; ++i) {
      uuid.bytes[15 - i] = static_cast<std::uint8_t>(n >> (8 * i));
    }
    return uuid;
  };
  order.id = {id(1)};
  order.number = std::to_string(n);
  order.channel = "online";
  order.stage = core::Stage::open;
  order.customer.email = "jo@example.org";
  order.delivery = core::Delivery::shipping;
  order.address.city = "Köln";
  order.placed = order.created = now;
  order.version = 1;
  core::LineItem line;
  line.id = {id(2)};
  line.title = "Krimi";
  line.unit_price = {1000, core::eur};
  line.quantity = core::pieces(1);
  order.lines = {line};
  core::Payment payment;
  payment.id = {id(3)};
  payment.kind = core::TransactionKind::sale;
  payment.amount = payment.given = {1000, core::eur};
  payment.at = now;
  payment.version = 1;
  order.payments = {payment};
  return order;
}

struct Shop {
  tests::TempFolder folder;
  core::SystemClock clock;
  std::unique_ptr<core::Register> till;
  Shop() {
    till = std::move(*core::Register::open({folder.path(), core::Durability::full, {}}, clock));
    core::ReceiveOrders some;
    for (std::int64_t n = 1; n <= orders; ++n) {
      some.orders.push_back(order_number(n, clock.now()));
      if (some.orders.size() < 500) continue;
      (void)till->handle(some);
      some.orders.clear();
    }
  }
};

core::RuleSettings all_rules() {
  core::RuleSettings rules;
  rules.capture = "at_order";
  rules.fulfil = "everything";
  rules.archive = "on";
  return rules;
}

void dry_run(benchmark::State& state) {
  Shop shop;
  for (auto step : state) {
    benchmark::DoNotOptimize(
        core::dry_run(shop.till->database(), all_rules(), shop.clock.now()).size());
  }
}
BENCHMARK(dry_run)->Unit(benchmark::kMillisecond)->Iterations(3);

void nothing_to_do(benchmark::State& state) {
  Shop shop;
  for (auto step : state) (void)shop.till->handle(core::ApplyRules{});
}
BENCHMARK(nothing_to_do)->Unit(benchmark::kMillisecond)->Iterations(3);

void fulfil_and_archive(benchmark::State& state) {
  Shop shop;
  (void)shop.till->handle(core::ChangeSetting{"rules.fulfil", "everything"});
  (void)shop.till->handle(core::ChangeSetting{"rules.archive", "on"});
  for (auto step : state) (void)shop.till->handle(core::ApplyRules{});
}
BENCHMARK(fulfil_and_archive)->Unit(benchmark::kMillisecond)->Iterations(1);

}  // namespace
