// Stock that was counted at the till, told to a Medusa that only knows figures.
#include <doctest/doctest.h>

#include "sync/upstream/medusa/dialogue.h"
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

}  // namespace

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
