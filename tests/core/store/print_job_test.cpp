// The life of a slip in the till, and what a restart makes of it.
#include <doctest/doctest.h>

#include <algorithm>

#include "core/questions.h"
#include "core/store/outbox_store.h"
#include "core/store/receipt_store.h"
#include "core/till/till.h"
#include "tests/support/till_driver.h"

using namespace core;
using namespace tests;

namespace {

std::int64_t sold(TillDriver& till) {
  till.scan(krimi);
  const auto effects = till.must(TakeCash{euros(1400)});
  const auto* slip = find_effect<PrintSlip>(effects);
  REQUIRE(slip);
  return slip->job;
}

PrintJob job_of(TillDriver& till, std::int64_t row) {
  const auto job = load_print_job(till.database(), row);
  REQUIRE(job);
  return *job;
}

}  // namespace

TEST_CASE("slip: it is noted as sending before it leaves, and begins only once") {
  TillDriver till;
  const auto job = sold(till);
  till.must(PrintBegins{job});
  CHECK(job_of(till, job).state == PrintState::sending);
  till.refused(PrintBegins{job});
  till.must(PrintAnswered{job, PrintFate::printed, ""});
  till.refused(PrintBegins{job});
  till.refused(RetryPrint{job});
}

TEST_CASE("slip: one that was dropped cannot begin, and a late answer does not wake it") {
  TillDriver till;
  const auto job = sold(till);
  till.must(DropPrint{job});
  till.refused(PrintBegins{job});
  till.must(PrintAnswered{job, PrintFate::waiting, "The printer cannot be reached."});
  CHECK(job_of(till, job).state == PrintState::dropped);
}

TEST_CASE("slip: one that is unsure comes out again as a copy, whatever happens in between") {
  TillDriver till;
  const auto job = sold(till);
  till.must(PrintBegins{job});
  till.must(PrintAnswered{job, PrintFate::unsure, "The printer's cable came off."});
  const auto effects = till.must(RetryPrint{job});
  const auto* slip = find_effect<PrintSlip>(effects);
  REQUIRE(slip);
  CHECK(slip->form == SlipForm::copy);
  CHECK(slip->repeated);
  CHECK(job_of(till, job).repeated);
}

TEST_CASE("slip: one that stopped for paper says why until it goes on") {
  TillDriver till;
  const auto job = sold(till);
  till.must(PrintBegins{job});
  till.must(PrintStopped{job, "The printer is out of paper."});
  CHECK(till.now().counts.print_trouble == "The printer is out of paper.");
  till.refused(RetryPrint{job});
  till.must(PrintStopped{job, ""});
  CHECK(till.now().counts.print_trouble.empty());
  till.must(PrintAnswered{job, PrintFate::printed, ""});
  CHECK(till.now().counts.prints_waiting == 0);
}

TEST_CASE("slip: it goes to the other printer only where there is one, and not to both") {
  TillDriver till;
  const auto job = sold(till);
  till.refused(PrintElsewhere{job});
  till.must(ChangeSetting{"printer2.kind", "file"});
  const auto effects = till.must(PrintElsewhere{job});
  const auto* slip = find_effect<PrintSlip>(effects);
  REQUIRE(slip);
  CHECK(slip->printer == 1);
  CHECK(slip->form == SlipForm::original);
  till.refused(PrintBegins{job, 0});
  till.must(PrintBegins{job, 1});
}

TEST_CASE("slip: a printer that cannot speak ends it as sent") {
  TillDriver till;
  const auto job = sold(till);
  till.must(PrintBegins{job});
  till.must(PrintAnswered{job, PrintFate::sent, ""});
  CHECK(job_of(till, job).state == PrintState::sent);
  CHECK(till.now().counts.prints_waiting == 0);
}

TEST_CASE("slip: after a restart in the middle it is unsure, and asked for") {
  TillDriver till;
  const auto job = sold(till);
  till.must(PrintBegins{job});
  till.reopen();
  CHECK(job_of(till, job).state == PrintState::unsure);
  CHECK(job_of(till, job).reason == "The till was restarted while this was printed.");
  till.must(RetryPrint{job});
  till.reopen();
  CHECK(job_of(till, job).state == PrintState::waiting);
  CHECK(job_of(till, job).repeated);
}

TEST_CASE("settings: a code table that is none is refused in words") {
  Settings settings;
  CHECK(apply(settings, "printer.code_table", "cp858@19").has_value());
  CHECK(apply(settings, "printer.code_table", "").has_value());
  for (const char* wrong : {"cp999@1", "cp858", "cp858@", "cp858@256", "cp858@1x"}) {
    CHECK_FALSE(apply(settings, "printer.code_table", wrong).has_value());
  }
}

TEST_CASE("slip: it is mailed instead and dropped, or neither") {
  TillDriver till;
  const auto job = sold(till);
  till.must(PrintBegins{job});
  till.must(PrintAnswered{job, PrintFate::unsure, "The printer's cable came off."});
  till.refused(MailPrint{job, "no address"});
  CHECK(job_of(till, job).state == PrintState::unsure);
  CHECK(find_effect<WakeSync>(till.must(MailPrint{job, " brandt@post.example "})) != nullptr);
  CHECK(job_of(till, job).state == PrintState::dropped);
  CHECK(till.now().counts.prints_waiting == 0);
  const auto mails = outbox_page(till.database(), 0, 100);
  const auto is_it = [&](const OutboxRow& row) {
    return row.kind == OutboxKind::mail_receipt && row.recipient == "brandt@post.example";
  };
  CHECK(std::count_if(mails.begin(), mails.end(), is_it) == 1);
  till.refused(MailPrint{job, "brandt@post.example"});
}

TEST_CASE(
    "slip: of many that wait only some are with the printer, and all are printed in their turn") {
  TillDriver till;
  std::vector<std::int64_t> line;
  const auto take_up = [&](const Effects& effects) {
    for (const Effect& effect : effects) {
      if (const auto* slip = std::get_if<PrintSlip>(&effect)) line.push_back(slip->job);
    }
  };
  constexpr std::int64_t sales = slips_at_once + 20;
  for (std::int64_t i = 0; i < sales; ++i) {
    till.scan(krimi);
    take_up(till.must(TakeCash{euros(1400)}));
  }
  CHECK(line.size() == slips_at_once);
  CHECK(till.now().counts.prints_waiting == sales);
  for (std::size_t next = 0; next < line.size(); ++next) {
    till.must(PrintBegins{line[next]});
    take_up(till.must(PrintAnswered{line[next], PrintFate::printed, ""}));
  }
  CHECK(line.size() == sales);
  CHECK(std::ranges::is_sorted(line));
  CHECK(till.now().counts.prints_waiting == 0);
  till.scan(krimi);
  take_up(till.must(TakeCash{euros(1400)}));
  CHECK(line.size() == sales + 1);
}
