// Stock that was counted at the till, told to a Medusa that only knows figures; and when
// its figures are read again.
#include <doctest/doctest.h>

#include "sync/upstream/medusa/dialogue.h"
#include "sync/upstream/medusa/upstream.h"
#include "tests/support/fake_http.h"
#include "tests/support/fake_medusa.h"
#include "tests/support/receipts.h"

namespace {

using namespace syncing;
using core::OutboxFate;
using medusa::Dialogue;
using tests::FakeMedusa;

const medusa::Api stock_api{"https://medusa.test", "sk_test"};
const medusa::Place stock_place{"Laden",        "reg_1",   "sc_pos", "sloc_1",
                                "variant_misc", core::eur, "de",     {}};

// One article on the shelves of two places.
struct ShelfThere {
  std::int64_t there = 10;
  Json metadata = {{"colour", "blue"}};
  int sets = 0;

  Heard answer(const HttpRequest& request) {
    const Json body = request.body.empty() ? Json() : Json::parse(request.body);
    const bool is_post = request.method == "POST";
    if (is_post && request.url.find("/location-levels/sloc_1") != std::string::npos) {
      there = body["stocked_quantity"];
      ++sets;
    } else if (is_post) {
      metadata = body["metadata"];
    }
    const Heard said = FakeMedusa::good(
        {{"inventory_item",
          {{"id", "iitem_1"},
           {"metadata", metadata},
           {"location_levels",
            Json::array({{{"location_id", "sloc_2"}, {"stocked_quantity", 77}},
                         {{"location_id", "sloc_1"}, {"stocked_quantity", there}}})}}}});
    return said;
  }
};

Job counted(std::int64_t from, std::int64_t to, std::uint8_t key = 50) {
  Job job{1, {}, core::OutboxKind::adjust_stock, tests::uuid_of(key)};
  job.stock.emplace();
  job.stock->names = {"variant_1", "iitem_1"};
  job.stock->till = "T1";
  job.stock->before = core::pieces(from);
  job.stock->after = core::pieces(to);
  return job;
}

// The nth request is cut before or after it is done.
Answer hold(ShelfThere& shelf, Job job, int nth = -1, bool is_done = false) {
  Dialogue dialogue(std::move(job), stock_api, stock_place);
  for (int n = 0;; ++n) {
    REQUIRE(n < 20);
    auto next = dialogue.next();
    if (auto* answer = std::get_if<Answer>(&next)) return *answer;
    const auto& request = std::get<HttpRequest>(next);
    if (n != nth) {
      dialogue.hear(shelf.answer(request));
      continue;
    }
    if (is_done) shelf.answer(request);
    dialogue.hear({0, {}, "", "The connection broke off.", true, {}});
  }
}

bool asks_for_stock(const HttpRequest& request) {
  return request.url.find("/admin/inventory-items") != std::string::npos;
}

// A till beside a shop that is nearly empty, round by round.
struct Rounds {
  Rounds() : http(new tests::FakeHttp), medusa(std::unique_ptr<HttpClient>(http), stock_api, {}) {}

  Heard said(const HttpRequest& request) const {
    if (asks_for_stock(request) && fails) return {503, {}, "", "", false, {}};
    if (request.url.find("/admin/orders/order_1") != std::string::npos) {
      return {404, {}, R"({"type":"not_found","message":"There is none."})", "", false, {}};
    }
    const auto one = [](const char* name) { return Json::array({{{"id", "1"}, {"name", name}}}); };
    return FakeMedusa::good({{"stores", one("Shop")},
                             {"regions", one("Germany")},
                             {"sales_channels", one("POS")},
                             {"stock_locations", one("Laden")}});
  }

  // One round to its end; `beside` is begun while the stock is asked for, and ends after it.
  int read_stock(std::vector<Job> beside = {}) {
    int times = 0;
    for (bool more = true; more;) {
      medusa.begin_pull({});
      std::optional<Upstream::Pulled> pulled;
      while (!pulled) {
        REQUIRE(!http->open.empty());
        const HttpRequest asked = http->open.front().request;
        if (asks_for_stock(asked)) {
          ++times;
          medusa.begin(std::exchange(beside, {}));
        }
        http->answer(said(asked));
        pulled = medusa.pulled();
      }
      more = pulled->more;
    }
    tell();
    return times;
  }
  void tell(std::vector<Job> jobs = {}) {
    medusa.begin(std::move(jobs));
    while (!http->open.empty()) {
      http->answer(said(http->open.front().request));
      medusa.answers();
    }
  }

  tests::FakeHttp* http;  // the adapter's
  Medusa medusa;
  bool fails = false;
};

Job moving(core::OutboxKind kind) {
  Job job{7, {}, kind, tests::uuid_of(51)};
  job.order.channel = "online";
  job.order.upstream_id = "order_1";
  return job;
}

}  // namespace

TEST_CASE("medusa: stock that was moved beside its reading is read once more") {
  for (const auto kind : {core::OutboxKind::refund, core::OutboxKind::cancel}) {
    Rounds till;
    CHECK(till.read_stock({moving(kind)}) == 1);
    CHECK(till.read_stock() == 1);
    CHECK(till.read_stock() == 0);
    till.tell({moving(kind)});
    CHECK(till.read_stock() == 1);
    CHECK(till.read_stock() == 0);
  }
}

TEST_CASE("medusa: stock whose reading failed after it was moved is read in the next round") {
  Rounds till;
  CHECK(till.read_stock() == 1);
  till.tell({moving(core::OutboxKind::refund)});
  till.fails = true;
  CHECK(till.read_stock() == 1);
  till.fails = false;
  CHECK(till.read_stock() == 1);
  CHECK(till.read_stock() == 0);
}

TEST_CASE("medusa: a change of stock is there once, whatever request is cut before or after it") {
  for (const bool is_done : {false, true}) {
    for (int nth = -1; nth < 3; ++nth) {
      CAPTURE(nth);
      CAPTURE(is_done);
      ShelfThere shelf;
      // The till's books may differ from Medusa's: the difference counts.
      Answer answer = hold(shelf, counted(12, 9), nth, is_done);
      CHECK((answer.fate == OutboxFate::done) == (nth < 0));
      answer = hold(shelf, counted(12, 9));
      CHECK(answer.fate == OutboxFate::done);
      CHECK(shelf.there == 7);
      CHECK(shelf.metadata["colour"] == "blue");
      // Another change of the same article, with a key of its own.
      CHECK(hold(shelf, counted(9, 33, 51)).fate == OutboxFate::done);
      CHECK(shelf.there == 31);
    }
  }
}

TEST_CASE("medusa: where somebody else moved the stock in the same moment a person compares") {
  ShelfThere shelf;
  hold(shelf, counted(12, 9), 2, true);
  shelf.there = 4;
  const Answer answer = hold(shelf, counted(12, 9));
  CHECK(answer.fate == OutboxFate::unclear);
  CHECK(answer.reason.find("it was 10, should be 7 and is 4") != std::string::npos);
  CHECK(shelf.there == 4);
}

TEST_CASE("medusa: what it cannot hold is refused in words") {
  ShelfThere shelf;
  shelf.there = 2;
  CHECK(hold(shelf, counted(12, 9)).reason == "Medusa has only 2 of this article.");
  Job gone = counted(12, 9);
  gone.stock->names = {};
  CHECK(hold(shelf, gone).fate == OutboxFate::refused);
  CHECK(shelf.sets == 0);
}
