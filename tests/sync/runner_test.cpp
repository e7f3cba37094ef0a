#include "sync/runner.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "core/store/catalogue_store.h"
#include "core/store/order_store.h"
#include "core/store/upstream_store.h"
#include "sync/mail/smtp.h"
#include "sync/outside.h"
#include "sync/upstream/json/order_json.h"
#include "tests/support/mime.h"
#include "tests/support/receipts.h"
#include "tests/support/smtp_server.h"
#include "tests/support/till_driver.h"

namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using core::OutboxState;

std::optional<syncing::MailContent> body(core::Database&, const core::OutboxRow& row) {
  return syncing::MailContent{"Laden", "Beleg " + row.order_number, "Danke", "<p>Danke</p>"};
}

// A till with a runner beside it, on a read-only connection of its own.
class Shop {
 public:
  Shop() { use(syncing::runner_parts({{}, till.folder(), "", 1}, body)); }

  void use(syncing::RunnerParts parts) {
    runner_.reset();
    auto opened = core::Database::open(till.folder() / "till.db", core::Access::read);
    REQUIRE(opened);
    reader_ = std::make_unique<core::Database>(std::move(*opened));
    runner_ = std::make_unique<syncing::Runner>(*reader_, std::move(parts));
  }
  void use_smtp(int port) {
    auto parts = syncing::runner_parts({{}, till.folder(), "", 1}, body);
    syncing::SmtpServer server;
    server.host = "127.0.0.1";
    server.port = port;
    server.security = syncing::SmtpSecurity::none;
    parts.mailer = std::make_unique<syncing::Smtp>(*parts.transfers, server);
    use(std::move(parts));
  }

  void sell(const std::string& email = "") {
    till.scan(tests::krimi);
    if (!email.empty()) till.must(core::SetCustomer{{"", email, ""}});
    till.must(core::TakeCash{tests::euros(2000)});
    till.must(core::NextSale{});
  }

  // As the sync thread and `tresen sync --once` do.
  void sync() {
    till.clock.advance(5s);
    syncing::run_until_idle(*runner_, till.clock, [&](const core::Command& command) {
      return till.till().handle(command);
    });
  }

  std::vector<core::OutboxRow> rows() { return core::outbox_page(till.database(), 0, 1000); }
  std::int64_t count(OutboxState state) {
    const auto all = rows();
    return std::count_if(all.begin(), all.end(),
                         [&](const core::OutboxRow& row) { return row.state == state; });
  }
  std::size_t files_in(const std::string& folder) {
    std::error_code none;
    const fs::directory_iterator files(till.folder() / folder, none);
    return static_cast<std::size_t>(std::distance(fs::begin(files), fs::end(files)));
  }
  void drop_in_inbox(const std::string& name, const core::Order& order) {
    fs::create_directories(till.folder() / "upstream/inbox");
    std::ofstream(till.folder() / "upstream/inbox" / name) << syncing::to_json(order);
  }

  tests::TillDriver till;
  syncing::Runner& runner() { return *runner_; }

 private:
  std::unique_ptr<core::Database> reader_;
  std::unique_ptr<syncing::Runner> runner_;
};

core::Order order_of_the_inbox() {
  core::Order order = tests::plain_sale().order;
  order.id = {tests::uuid_of(77)};
  order.number = "1001";
  order.channel = "online";
  order.payments.clear();
  return order;
}

// Has one page of a catalogue, as often as it is asked for.
class Page final : public syncing::Upstream {
 public:
  explicit Page(int products) : products_(products) {}
  int asked = 0;
  bool has_more = false;
  std::vector<std::string> began_at;  // each pull

  void begin(std::vector<syncing::Job>) override {}
  void begin_pull(const syncing::PullFrom& from) override {
    is_asked_ = true;
    began_at.push_back(from.cursor("place"));
  }
  std::vector<syncing::RowAnswer> answers() override { return {}; }
  std::optional<Pulled> pulled() override {
    if (!std::exchange(is_asked_, false)) return {};
    ++asked;
    Pulled page;
    for (int i = 0; i < products_; ++i) {
      core::PulledVariant variant;
      variant.upstream_id = fmt::format("v{}", i);
      variant.inventory_id = fmt::format("i{}", i);
      variant.variant.product_title = variant.variant.sku = fmt::format("P{}", i);
      variant.variant.price = tests::euros(100);
      page.catalogue.products.push_back(
          {fmt::format("p{}", i), fmt::format("p{}", i), "P", {variant}, true});
      page.catalogue.stock.push_back({variant.inventory_id, core::pieces(i)});
    }
    page.cursors = {{"place", "behind the page"}};
    page.more = has_more;
    return page;
  }
  void begin_check() override {}
  std::optional<syncing::Check> checked() override { return {}; }
  void accept(const core::Order&) override {}
  std::string refuse(const core::Order& order, const std::string&) override { return order.number; }

 private:
  int products_;
  bool is_asked_ = false;
};

// Hears of orders and answers as it is told to.
class Listener final : public syncing::Upstream {
 public:
  std::vector<bool> unheard_of;  // of each push, as it said
  syncing::Answer says = syncing::done();

  void begin(std::vector<syncing::Job> jobs) override {
    for (const syncing::Job& job : jobs) {
      unheard_of.push_back(job.is_unheard_of);
      answers_.push_back({job.row, says});
    }
  }
  void begin_pull(const syncing::PullFrom&) override { is_asked_ = true; }
  std::vector<syncing::RowAnswer> answers() override { return std::exchange(answers_, {}); }
  std::optional<Pulled> pulled() override {
    if (!std::exchange(is_asked_, false)) return {};
    return Pulled{};
  }
  void begin_check() override {}
  std::optional<syncing::Check> checked() override { return {}; }
  void accept(const core::Order&) override {}
  std::string refuse(const core::Order& order, const std::string&) override { return order.number; }

 private:
  std::vector<syncing::RowAnswer> answers_;
  bool is_asked_ = false;
};

}  // namespace

TEST_CASE("runner: an order need not be looked for where nobody can have told of it") {
  Shop shop;
  const auto listen = [&] {
    auto parts = syncing::runner_parts({{}, shop.till.folder(), "", 1}, body);
    auto listener = std::make_unique<Listener>();
    Listener& heard = *listener;
    parts.upstream = std::move(listener);
    shop.use(std::move(parts));
    return &heard;
  };
  shop.sell();  // perhaps told of by a run that was killed
  Listener* heard = listen();
  shop.sell();
  heard->says = syncing::again("The connection broke off.");
  shop.sync();
  CHECK(heard->unheard_of == std::vector{false, true});

  // Its answer was lost: from now on it is looked for, also by a later run.
  heard->unheard_of.clear();
  shop.till.clock.advance(600s);
  shop.sync();
  CHECK(heard->unheard_of == std::vector{false, false});
  heard = listen();
  shop.till.clock.advance(600s);
  shop.sync();
  CHECK(heard->unheard_of == std::vector{false, false});
}

TEST_CASE("runner: a sale is pushed and mailed, and the outbox says so") {
  Shop shop;
  shop.sell("kundin@post.example");
  shop.sync();
  CHECK(shop.count(OutboxState::done) == 2);
  CHECK(shop.files_in("upstream/outbox") == 1);
  CHECK(shop.files_in("mail") == 1);
}

TEST_CASE("runner: many sales go in batches, each once") {
  Shop shop;
  auto parts = syncing::runner_parts({{}, shop.till.folder(), "", 1}, body);
  parts.habits.push_batch = 8;
  shop.use(std::move(parts));
  for (int i = 0; i < 30; ++i) shop.sell();
  shop.sync();
  CHECK(shop.count(OutboxState::done) == 30);
  CHECK(shop.files_in("upstream/outbox") == 30);
  const auto rows = shop.rows();
  CHECK(std::all_of(rows.begin(), rows.end(),
                    [](const core::OutboxRow& row) { return row.attempts == 1; }));
}

TEST_CASE("runner: a part payment and its balance are two versions, in order") {
  Shop shop;
  shop.till.scan(tests::krimi);
  shop.till.must(core::TakeOther{core::Tender::other, tests::euros(500), "Gutschein"});
  shop.till.must(core::LeavePartiallyPaid{});
  const auto order = shop.till.now().done->order;
  shop.till.must(core::CollectPayment{order});
  shop.till.must(core::TakeCash{tests::euros(900)});
  shop.sync();
  CHECK(shop.count(OutboxState::done) == 2);
  CHECK(shop.files_in("upstream/outbox") == 2);
}

TEST_CASE("runner: an answer that the register has not carried out is not asked for again") {
  Shop shop;
  shop.sell("kundin@post.example");
  shop.till.clock.advance(5s);
  const auto first = shop.runner().step(shop.till.clock.now());
  const auto answered =
      std::find_if(first.commands.begin(), first.commands.end(),
                   [](const core::Command& command) { return command.is<core::OutboxAnswered>(); });
  REQUIRE(answered != first.commands.end());
  CHECK(answered->get<core::OutboxAnswered>().answers.size() == 2);
  CHECK(shop.runner().step(shop.till.clock.now()).commands.empty());
}

TEST_CASE("runner: an online order comes in once and its file is done") {
  Shop shop;
  shop.drop_in_inbox("1001.json", order_of_the_inbox());
  shop.sync();
  const auto stored = core::find_order(shop.till.database(), order_of_the_inbox().id);
  REQUIRE(stored);
  CHECK(stored->is_new);
  CHECK(fs::exists(shop.till.folder() / "upstream/inbox/done/1001.json"));
  shop.drop_in_inbox("again.json", order_of_the_inbox());
  shop.sync();
  CHECK(fs::exists(shop.till.folder() / "upstream/inbox/done/again.json"));
  CHECK(shop.till.now().counts.new_orders == 1);
}

TEST_CASE("runner: an order that the register refuses is put aside with its words") {
  Shop shop;
  shop.sell();
  core::Order order = order_of_the_inbox();
  order.id = shop.till.now().done
                 ? shop.till.now().done->order
                 : core::find_order_by_number(shop.till.database(), "T1-000001")->id;
  shop.drop_in_inbox("1001.json", order);
  shop.sync();
  CHECK(fs::exists(shop.till.folder() / "upstream/inbox/refused/1001.json"));
  CHECK(fs::exists(shop.till.folder() / "upstream/inbox/refused/1001.json.reason.txt"));
}

TEST_CASE(
    "runner: orders that claim another's number or payment are put aside, and selling goes on") {
  Shop shop;
  core::Order first = order_of_the_inbox();
  first.payments = {tests::card(500)};
  shop.drop_in_inbox("a.json", first);
  core::Order same_number = order_of_the_inbox();
  same_number.id = {tests::uuid_of(78)};
  shop.drop_in_inbox("b.json", same_number);
  core::Order same_payment = first;
  same_payment.id = {tests::uuid_of(79)};
  same_payment.number = "1002";
  shop.drop_in_inbox("c.json", same_payment);
  shop.sync();
  CHECK(fs::exists(shop.till.folder() / "upstream/inbox/done/a.json"));
  CHECK(fs::exists(shop.till.folder() / "upstream/inbox/refused/b.json"));
  CHECK(fs::exists(shop.till.folder() / "upstream/inbox/refused/c.json"));
  shop.sell();
  CHECK_FALSE(shop.till.now().not_saved);
}

TEST_CASE("runner: a mail that is greylisted waits and arrives later under the same Message-ID") {
  Shop shop;
  shop.sell("kundin@post.example");
  {
    tests::SmtpServer server(tests::SmtpScript{{{"RCPT", "451 4.7.1 Greylisted"}}});
    shop.use_smtp(server.port());
    shop.sync();
  }
  const auto waiting = shop.rows();
  const auto mail = std::find_if(waiting.begin(), waiting.end(), [](const core::OutboxRow& row) {
    return row.kind == core::OutboxKind::mail_receipt;
  });
  REQUIRE(mail != waiting.end());
  CHECK(mail->state == OutboxState::waiting);
  CHECK(mail->reason == "The mail server said: 451 4.7.1 Greylisted");
  tests::SmtpServer server;
  shop.use_smtp(server.port());
  shop.sync();
  server.stop();
  CHECK(shop.count(OutboxState::done) == 2);
  REQUIRE(server.mails().size() == 1);
  CHECK(
      tests::read_mime(server.mails()[0]).headers.at("Message-ID").find(core::to_text(mail->key)) !=
      std::string::npos);
}

TEST_CASE("runner: of many mails to a server that is down only one is tried, and orders still go") {
  Shop shop;
  for (int i = 0; i < 20; ++i) shop.sell("kundin@post.example");
  tests::SmtpServer server;
  server.stop();
  shop.use_smtp(server.port());
  shop.sync();
  CHECK(shop.count(OutboxState::done) == 20);
  const auto rows = shop.rows();
  const auto tried = std::count_if(rows.begin(), rows.end(), [](const core::OutboxRow& row) {
    return row.state == OutboxState::waiting && row.attempts > 0;
  });
  CHECK(tried >= 1);
  CHECK(tried <= 4);
}

TEST_CASE("runner: a mail to nobody's address is refused in words and goes out no more") {
  Shop shop;
  auto parts = syncing::runner_parts({{}, shop.till.folder(), "", 1}, body);
  parts.mail_from = "kein Absender";
  shop.use(std::move(parts));
  shop.sell("kundin@post.example");
  shop.sync();
  CHECK(shop.count(OutboxState::refused) == 1);
  CHECK(shop.files_in("mail") == 0);
}

TEST_CASE("runner: waking makes the next step pull at once") {
  Shop shop;
  shop.sync();
  shop.drop_in_inbox("1001.json", order_of_the_inbox());
  const auto now = shop.till.clock.now();
  CHECK(shop.runner().step(now).commands.empty());
  shop.runner().wake();
  shop.runner().wait(60s);
  CHECK(shop.runner().step(now).commands.size() == 1);
}

TEST_CASE("runner: a page of the catalogue comes in parts, its place with the last one") {
  Shop shop;
  auto parts = syncing::runner_parts({{}, shop.till.folder(), "", 1}, body);
  parts.upstream = std::make_unique<Page>(120);
  shop.use(std::move(parts));
  std::vector<std::size_t> sizes;
  shop.till.clock.advance(5s);
  syncing::run_until_idle(shop.runner(), shop.till.clock, [&](const core::Command& command) {
    if (const auto* part = command.as<core::ReceiveCatalogue>()) {
      sizes.push_back(part->catalogue.products.size() + part->catalogue.stock.size());
      CHECK(part->cursors.empty() == (sizes.size() < 4));
    }
    return shop.till.till().handle(command);
  });
  CHECK(sizes == std::vector<std::size_t>{50, 50, 20, 120});
  CHECK(core::cursors(shop.till.database()).size() == 1);
  const auto last = core::find_by_sku(shop.till.database(), "P119");
  REQUIRE(last);
  CHECK(last->stock == core::pieces(119));
}

TEST_CASE("runner: behind a part that was not taken no place is kept, and all comes again") {
  Shop shop;
  auto parts = syncing::runner_parts({{}, shop.till.folder(), "", 1}, body);
  auto page = std::make_unique<Page>(120);
  Page& upstream = *page;
  parts.upstream = std::move(page);
  shop.use(std::move(parts));
  int told = 0;
  const auto sync = [&] {
    shop.till.clock.advance(60s);
    syncing::run_until_idle(shop.runner(), shop.till.clock, [&](const core::Command& command) {
      const bool is_part = command.is<core::ReceiveCatalogue>();
      if (is_part && ++told == 2) {
        return core::Handled(
            tl::unexpected(core::Refusal{core::RefusalKind::not_saved, "The disk is full.", ""}));
      }
      return shop.till.till().handle(command);
    });
  };
  sync();
  CHECK(told == 2);
  CHECK(core::cursors(shop.till.database()).empty());
  sync();
  CHECK(upstream.asked == 2);
  CHECK(core::cursors(shop.till.database()).size() == 1);
  CHECK(core::find_by_sku(shop.till.database(), "P119"));
}

TEST_CASE("runner: a last part that was not taken ends the pull until the next one is due") {
  Shop shop;
  auto parts = syncing::runner_parts({{}, shop.till.folder(), "", 1}, body);
  auto page = std::make_unique<Page>(1);
  Page& upstream = *page;
  upstream.has_more = true;
  parts.upstream = std::move(page);
  shop.use(std::move(parts));
  shop.till.clock.advance(5s);
  syncing::run_until_idle(shop.runner(), shop.till.clock, [&](const core::Command& command) {
    if (command.is<core::ReceiveCatalogue>()) {
      return core::Handled(
          tl::unexpected(core::Refusal{core::RefusalKind::not_saved, "The disk is full.", ""}));
    }
    return shop.till.till().handle(command);
  });
  CHECK(upstream.asked == 1);
}

TEST_CASE("runner: a pull goes on from where the last one is stored to have ended") {
  Shop shop;
  auto parts = syncing::runner_parts({{}, shop.till.folder(), "", 1}, body);
  auto page = std::make_unique<Page>(1);
  Page& upstream = *page;
  upstream.has_more = true;
  parts.upstream = std::move(page);
  shop.sell();  // what is told meanwhile lets the runner look twice in one step
  shop.use(std::move(parts));
  shop.till.clock.advance(5s);
  for (int i = 0; i < 20 && upstream.began_at.size() < 2; ++i) {
    for (const core::Command& command : shop.runner().step(shop.till.clock.now()).commands) {
      REQUIRE(shop.till.till().handle(command));
    }
  }
  REQUIRE(upstream.began_at.size() == 2);
  CHECK(upstream.began_at[0].empty());
  CHECK(upstream.began_at[1] == "behind the page");
}

TEST_CASE("runner: stock that was counted goes its way once, beside the orders") {
  Shop shop;
  shop.sell();
  const auto article = core::find_by_barcode(shop.till.database(), tests::riesling);
  shop.till.must(core::CountStock{article->id.row, core::pieces(12), "inventory"});
  shop.till.must(core::MoveStock{article->id.row, {-1000}, "broken"});
  shop.sync();
  shop.sync();
  CHECK(shop.count(OutboxState::done) == 3);
  CHECK(shop.files_in("upstream/stock") == 2);
  CHECK(shop.files_in("upstream/outbox") == 1);
}
