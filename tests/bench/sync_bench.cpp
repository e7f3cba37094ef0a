// What telling a platform costs us: sales pushed to a Medusa that answers at once, from
// memory and out of stores in which 1,000 to 1,000,000 wait, beside plain libcurl with
// the same requests; and a large catalogue pulled.
#include <benchmark/benchmark.h>
#include <curl/curl.h>
#include <fmt/format.h>
#include <time.h>

#include <set>

#include "core/orders/pricing.h"
#include "core/register.h"
#include "core/store/database.h"
#include "core/store/upstream_store.h"
#include "sync/runner.h"
#include "sync/upstream/medusa/upstream.h"
#include "tests/bench/size.h"
#include "tests/support/http_server.h"
#include "tests/support/temp_folder.h"

namespace {

using namespace syncing;
using tests::HttpServer;

constexpr std::int64_t in_flight = 8;

double cpu_seconds_of_this_thread() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

core::Order sale(std::int64_t n) {
  core::Order order;
  order.id = {*core::uuid_from(fmt::format("018f0000-0000-7000-8000-{:012x}", n))};
  order.number = fmt::format("T1-{:06}", n);
  order.channel = "till";
  order.stage = core::Stage::open;
  order.fulfilment = "fulfilled";
  order.version = 1;
  for (std::uint8_t i = 0; i < 4; ++i) {
    core::LineItem line;
    line.id.uuid.bytes[15] = static_cast<std::uint8_t>(i + 1);
    line.title = "Weißwurst süß-sauer";
    line.unit_price = {649, core::eur};
    line.quantity = core::pieces(2);
    line.tax_rate = {700};
    order.lines.push_back(line);
  }
  core::Payment cash;
  cash.id.uuid.bytes[0] = 1;
  cash.amount = cash.given = core::price(order).total;
  cash.version = 1;
  order.payments = {cash};
  return order;
}

// Answers as a Medusa would for one sale after the other, from its path alone.
class AnsweringMedusa {
 public:
  static std::string answer(std::string_view line, std::string_view body) {
    const std::string_view path = line.substr(line.find('/'));
    const auto has = [&](std::string_view part) { return path.find(part) != path.npos; };
    if (has("/admin/stores")) return R"({"stores":[{"name":"Laden"}]})";
    if (has("/admin/regions")) {
      return R"({"regions":[{"id":"reg","name":"DE","currency_code":"eur","countries":[{"iso_2":"de"}]}]})";
    }
    if (has("/admin/sales-channels")) return R"({"sales_channels":[{"id":"sc","name":"POS"}]})";
    if (has("/admin/stock-locations")) {
      return R"({"stock_locations":[{"id":"sl","name":"Laden","address":{"country_code":"de"}}]})";
    }
    if (has("/admin/product-variants")) return R"({"variants":[{"id":"misc","sku":"MISC"}]})";
    if (line.starts_with("GET /admin/orders?")) return R"({"orders":[]})";
    if (line.starts_with("GET /admin/draft-orders?")) return R"({"draft_orders":[]})";
    if (has("convert-to-order")) return order(id_in(path, "draft-orders/"), false, false);
    if (line.starts_with("POST /admin/draft-orders")) {
      const Json asked = Json::parse(body, nullptr, false);
      return Json{{"draft_order", {{"id", text_at(asked, "metadata.pos_order_id")}}}}.dump();
    }
    if (has("/mark-as-delivered")) return order(id_in(path, "orders/"), true, true);
    if (has("/fulfillments")) return order(id_in(path, "orders/"), true, false);
    if (has("/mark-as-paid")) return R"({"payment_collection":{"status":"completed"}})";
    return R"({"payment_collection":{"id":"pc","amount":51.92}})";
  }

 private:
  static std::string id_in(std::string_view path, std::string_view after) {
    path.remove_prefix(path.find(after) + after.size());
    return std::string(path.substr(0, path.find_first_of("/?")));
  }

  static std::string order(const std::string& id, bool is_fulfilled, bool is_delivered) {
    Json items = Json::array();
    for (int i = 0; i < 4; ++i) {
      items.push_back({{"id", fmt::format("ordli_{}", i)},
                       {"quantity", 2},
                       {"unit_price", 6.49},
                       {"metadata", {{"pos_line", i}}},
                       {"detail", {{"fulfilled_quantity", is_fulfilled ? 2 : 0}}}});
    }
    Json fulfilments = Json::array();
    if (is_fulfilled) fulfilments.push_back({{"id", "ful"}, {"items", Json::array()}});
    if (is_delivered) fulfilments[0]["delivered_at"] = "2026-11-25T10:00:00Z";
    Json collections = Json::array();
    if (is_fulfilled) {
      collections.push_back(
          {{"id", "pc"},
           {"status", "completed"},
           {"amount", 51.92},
           {"payments", Json::array({{{"id", "pay"},
                                      {"amount", 51.92},
                                      {"captures", Json::array({{{"amount", 51.92}}})}}})}});
    }
    return Json{{"order",
                 {{"id", id},
                  {"display_id", 12},
                  {"status", "pending"},
                  {"custom_display_id", id},
                  {"currency_code", "eur"},
                  {"total", 51.92},
                  {"items", items},
                  {"payment_collections", collections},
                  {"fulfillments", fulfilments}}}}
        .dump();
  }
};

HttpServer::Answer answering() {
  return [](std::string_view line, std::string_view, std::string_view body) {
    return HttpServer::Reply{HttpServer::whole("200 OK", "", AnsweringMedusa::answer(line, body)),
                             true, 1};
  };
}

Job job_of(std::int64_t n) {
  Job job{n, sale(n), core::OutboxKind::push_order, {}, {}, {}, "", false, {}};
  job.variants.assign(job.order.lines.size(), {"variant_1", "iitem_1"});
  job.is_unheard_of = true;  // as a sale is that was just placed
  return job;
}

void sales_pushed(benchmark::State& state) {
  HttpServer server(answering());
  Transfers transfers;
  Medusa medusa(std::make_unique<CurlHttp>(transfers, HttpSettings{}),
                medusa::Api{server.url(""), "sk"}, {"", "", "", "MISC"});
  std::int64_t begun = 0, ended = 0, refused = 0;
  const double before = cpu_seconds_of_this_thread();
  for (auto _ : state) {
    // One more whenever one has ended, eight on their way.
    const std::int64_t wanted = ended + 1;
    while (ended < wanted) {
      std::vector<Job> jobs;
      while (begun - ended < in_flight) jobs.push_back(job_of(++begun));
      if (!jobs.empty()) medusa.begin(std::move(jobs));
      transfers.perform();
      const auto answers = medusa.answers();
      ended += static_cast<std::int64_t>(answers.size());
      for (const RowAnswer& one : answers) {
        if (one.answer.fate != core::OutboxFate::done) ++refused;
      }
      if (answers.empty()) transfers.wait(std::chrono::milliseconds{100});
    }
  }
  if (refused > 0) state.SkipWithError("a sale was not taken");
  state.counters["orders"] =
      benchmark::Counter(static_cast<double>(ended), benchmark::Counter::kIsRate);
  state.counters["cpu_ms_an_order"] = (cpu_seconds_of_this_thread() - before) * 1000 /
                                      static_cast<double>(std::max<std::int64_t>(ended, 1));
}
BENCHMARK(sales_pushed)->UseRealTime()->Iterations(benches::times(4000));

// Sales of four lines, each paid in cash, that all wait for the platform. Filled by
// SQL: what is measured is how they leave.
bool fill_with_waiting_sales(const std::filesystem::path& file, std::int64_t count) {
  auto made = core::Database::open(file, core::Access::write, core::Durability::none);
  if (!made || !made->execute("BEGIN")) return false;
  const std::string rows = fmt::format(
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {}), "
      "four(l) AS (VALUES (1), (2), (3), (4)) ",
      count);
  for (const char* table :
       {"INSERT INTO orders (id, number, channel, stage, tax_added, currency, fulfilment, created, "
        "placed, version, payment, total, paid, pieces) SELECT CAST(printf('%016d', i) AS BLOB), "
        "printf('T1-%06d', i), 'till', 'open', 0, 'EUR', 'fulfilled', i, i, 1, 'paid', 5192, "
        "5192, 8 FROM n",
        "INSERT INTO order_lines (order_row, id, variant, title, sku, barcode, by_weight, "
        "unit_price, quantity, tax_code, tax_rate, note, flags, position) SELECT i, "
        "CAST(printf('%014d%02d', i, l) AS BLOB), 1, 'Weißwurst süß-sauer', 'W-1', '', 0, 649, "
        "2000, 'reduced', 700, '', 0, l FROM n, four",
        "INSERT INTO transactions (order_row, id, outside, position, kind, tender, state, amount, "
        "given, label, reference, at, version, upstream_id, expires) SELECT i, "
        "CAST(printf('%016d', i) AS BLOB), 0, 1, 0, 0, 0, 5192, 5192, '', '', i, 1, '', 0 FROM n",
        "INSERT INTO outbox (key, kind, order_row, version, state, created, not_before) "
        "SELECT CAST(printf('%016d', i) AS BLOB), 0, i, 1, 0, i, i FROM n"}) {
    if (!made->execute((rows + table).c_str())) return false;
  }
  return made->execute("COMMIT").has_value();
}

// Until so many have left; then the till is stopped.
constexpr std::int64_t drained = 1000;

// The processor time that sending takes on both sides of the till: the sync
// thread's and the register's, whose commits are not forced to disk here.
void sales_drained(benchmark::State& state) {
  const tests::TempFolder folder;
  if (!fill_with_waiting_sales(folder.path() / "till.db", state.range(0))) {
    return state.SkipWithError("the store could not be filled");
  }
  const core::SystemClock clock;
  auto till = core::Register::open({folder.path(), core::Durability::none, {}}, clock);
  auto reader = core::Database::open(folder.path() / "till.db", core::Access::read);
  if (!till || !reader) return state.SkipWithError("no store");
  HttpServer server(answering());
  double cpu = 0;
  std::int64_t left = 0;
  for (auto _ : state) {
    RunnerParts parts;
    parts.upstream = std::make_unique<Medusa>(
        std::make_unique<CurlHttp>(*parts.transfers, HttpSettings{}),
        medusa::Api{server.url(""), "sk"}, medusa::Introduction::Wanted{"", "", "", "MISC", false});
    Runner runner(*reader, std::move(parts));
    const double before = cpu_seconds_of_this_thread();
    const std::int64_t first = core::outbox_counts((*till)->database()).done;
    left = first;
    while (left - first < drained) {
      const Step step = runner.step(clock.now());
      for (const core::Command& command : step.commands) {
        if (!(*till)->handle(command)) return state.SkipWithError("not saved");
      }
      left = core::outbox_counts((*till)->database()).done;
      if (step.commands.empty()) runner.wait(std::chrono::milliseconds{20});
    }
    cpu += cpu_seconds_of_this_thread() - before;
  }
  state.counters["cpu_ms_an_order"] =
      cpu * 1000 / static_cast<double>(std::max<std::int64_t>(left, 1));
}
BENCHMARK(sales_drained)
    ->Apply([](benchmark::internal::Benchmark* drained_from) {
      for (const std::int64_t waiting : {1'000, 10'000, 100'000, 1'000'000}) {
        if (waiting == benches::rows("TRESEN_BENCH_WAITING", waiting)) drained_from->Arg(waiting);
      }
    })
    ->UseRealTime()
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);

// The same six requests of a sale through the same client, with nothing behind.
void plain_requests(benchmark::State& state) {
  HttpServer server(answering());
  Transfers transfers;
  CurlHttp http(transfers, HttpSettings{});
  const medusa::Api api{server.url(""), "sk"};
  medusa::Place place;
  place.misc_variant = "misc";
  const std::string draft = medusa::draft_of(sale(1), job_of(1).variants, place).dump();
  const std::string fields = fmt::format("?fields={}", medusa::order_fields);
  const std::vector<HttpRequest> of_a_sale{
      api.post("/admin/draft-orders?fields=id", Json::parse(draft)),
      api.post("/admin/draft-orders/o/convert-to-order" + fields, Json::object()),
      api.post("/admin/payment-collections", {{"order_id", "o"}, {"amount", 51.92}}),
      api.post("/admin/payment-collections/pc/mark-as-paid", {{"order_id", "o"}}),
      api.post("/admin/orders/o/fulfillments" + fields, {{"items", Json::array()}}),
      api.post("/admin/orders/o/fulfillments/ful/mark-as-delivered" + fields, Json::object())};
  const auto each = static_cast<std::int64_t>(of_a_sale.size());
  std::int64_t begun = 0, ended = 0;
  const double before = cpu_seconds_of_this_thread();
  for (auto _ : state) {
    const std::int64_t wanted = ended + each;
    while (ended < wanted) {
      for (; begun - ended < in_flight; ++begun) {
        http.begin(of_a_sale[static_cast<std::size_t>(begun % each)]);
      }
      transfers.perform();
      const auto answers = http.ended();
      ended += static_cast<std::int64_t>(answers.size());
      if (answers.empty()) transfers.wait(std::chrono::milliseconds{100});
    }
  }
  const double orders = static_cast<double>(ended) / static_cast<double>(each);
  state.counters["orders"] = benchmark::Counter(orders, benchmark::Counter::kIsRate);
  state.counters["cpu_ms_an_order"] =
      (cpu_seconds_of_this_thread() - before) * 1000 / std::max(orders, 1.0);
}
BENCHMARK(plain_requests)->UseRealTime()->Iterations(benches::times(4000));

std::string page_of_products(std::int64_t page) {
  Json products = Json::array();
  for (std::int64_t i = page * 200; i < page * 200 + 200; ++i) {
    products.push_back(
        {{"id", fmt::format("prod_{}", i)},
         {"handle", fmt::format("ware-{}", i)},
         {"title", fmt::format("Ware {} süß-sauer", i)},
         {"status", "published"},
         {"updated_at", fmt::format("2026-11-25T10:{:02}:{:02}.000Z", page / 60 % 60, page % 60)},
         {"variants",
          Json::array({{{"id", fmt::format("variant_{}", i)},
                        {"title", "Standard"},
                        {"sku", fmt::format("W-{}", i)},
                        {"manage_inventory", true},
                        {"prices", Json::array({{{"currency_code", "eur"}, {"amount", 6.49}}})},
                        {"inventory_items",
                         Json::array({{{"inventory_item_id", fmt::format("iitem_{}", i)}}})}}})}});
  }
  return Json{{"products", products}}.dump();
}

// 100,000 products in pages of 200, read and stored.
void catalogue_pulled(benchmark::State& state) {
  for (auto _ : state) {
    const tests::TempFolder folder;
    auto database = core::Database::open(folder.path() / "till.db", core::Access::write);
    if (!database) return state.SkipWithError("no store");
    for (std::int64_t page = 0; page < benches::times(500); ++page) {
      state.PauseTiming();
      const Heard heard{200, {}, page_of_products(page), "", false, {}};
      state.ResumeTiming();
      const medusa::Reply reply = medusa::reply_of(heard);
      const medusa::Place place;
      const medusa::PriceLists lists;
      const medusa::Page read =
          medusa::page_of(medusa::Part::products, {}, reply.json, {place, lists, {}});
      core::Transaction transaction(*database);
      core::put_pulled_catalogue(*database, read.pulled.catalogue);
      if (!transaction.commit()) return state.SkipWithError("not stored");
    }
  }
}
BENCHMARK(catalogue_pulled)->Unit(benchmark::kSecond)->Iterations(1);

}  // namespace
