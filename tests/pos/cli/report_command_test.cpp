// tresen report: what people and programs read, and what is refused.
#include <nlohmann/json.hpp>

#include "tests/support/program.h"

using namespace tests;

namespace report_command_tests {

using Json = nlohmann::json;

namespace {

struct SoldShop : Shop {
  SoldShop() { must({"replay", data_file("baskets.csv"), "--no-push"}); }
};

Json json_of(const Said& said) {
  REQUIRE_MESSAGE(said.status == 0, said.err);
  return Json::parse(said.out);
}

// "-12.50" is -1250.
std::int64_t cents(const Json& amount) {
  std::string text = amount.get<std::string>();
  text.erase(text.find('.'), 1);
  return std::stoll(text);
}

std::int64_t sum_of(const Json& rows) {
  std::int64_t sum = 0;
  for (const Json& row : rows) sum += cents(row["sum"]);
  return sum;
}

}  // namespace

TEST_CASE("report: the receipts of the week, in whole cents, each breakdown the same sum") {
  const SoldShop shop;
  // A week, so that midnight does not pass between the sale and the question (but on a Sunday).
  const Json report = json_of(shop({"report", "--week", "--json"}));
  std::int64_t receipts = 0;
  for (const Json& row : json_of(shop({"receipts", "--json", "--limit", "100"}))) {
    receipts += cents(row["amount"]);
  }
  CHECK(report["currency"] == "EUR");
  CHECK(report["sales"] == 10);
  CHECK(cents(report["tenders"]) == receipts);
  CHECK(cents(report["turnover"]) + cents(report["rounding"]) == receipts);
  for (const char* part :
       {"hours", "days", "taxes", "channels", "categories", "articles", "cashiers"}) {
    CAPTURE(part);
    CHECK(sum_of(report["by"][part]) == cents(report["turnover"]));
  }
  CHECK(sum_of(report["by"]["tenders"]) == cents(report["tenders"]));
  CHECK(report["before"]["turnover"] == "0.00");
  CHECK(report["is_over"] == false);
  CHECK(report["begins"].get<std::string>().ends_with("Z"));
}

TEST_CASE("report: a table for people, and nothing of a day without receipts") {
  const SoldShop shop;
  const std::string week = shop.must({"report", "--week"}).out;
  CAPTURE(week);
  for (const char* word : {"Turnover", "Sales", "Average", "Tender", "Tax rate", "Article"}) {
    CHECK(week.find(word) != week.npos);
  }
  const Json past = json_of(shop({"report", "--day", "2020-02-29", "--json"}));
  CHECK(past["turnover"] == "0.00");
  CHECK(past["average"].is_null());
  CHECK(past["first_day"] == "2020-02-29");
  CHECK(past["begins"] == "2020-02-28T23:00:00.000Z");
  CHECK(past["by"]["articles"].empty());
}

TEST_CASE("report: --csv is RFC 4180 with a head, and its rows sum to the report") {
  const SoldShop shop;
  const auto file = shop.file("week.csv");
  CHECK(shop.must({"report", "--week", "--csv", file.string()}).out.empty());
  const std::string text = read_file(file);
  CHECK(
      text.starts_with("\xEF\xBB\xBF"
                       "from,to,part,key,name,sales,refunds,quantity,unit,taken,given_back,sum,"
                       "net,tax,currency\r\n"));
  CHECK(text.ends_with("\r\n"));
  CHECK(text.find(",total,,,10,0,,,") != text.npos);
  CHECK(text.find(",EUR\r\n") != text.npos);
  const Said nowhere = shop({"report", "--csv", "/nowhere/at/all.csv"});
  CHECK(nowhere.status == 2);
  CHECK(nowhere.err.find("cannot write /nowhere/at/all.csv") != nowhere.err.npos);
}

TEST_CASE("report: --print goes to the printer, and says where there is none") {
  const SoldShop shop;
  const auto paper = shop.file("paper.bin");
  std::filesystem::create_directories(shop.data());
  write_file(shop.data() / "tresen.toml",
             "[printer]\nkind = \"file\"\naddress = \"" + paper.string() + "\"\n");
  shop.must({"report", "--week", "--print"});
  CHECK(read_file(paper).find("Meistverkauft") != std::string::npos);
  write_file(shop.data() / "tresen.toml", "[printer]\nkind = \"none\"\n");
  const Said none = shop({"report", "--print"});
  CHECK(none.status == 2);
  CHECK(none.err == "tresen: no printer is set up; see tresen settings printer.kind\n");
}

TEST_CASE("report: a day that is none is refused in one line") {
  const SoldShop shop;
  const auto refused = [&](std::vector<std::string> words, const std::string& why) {
    words.insert(words.begin(), "report");
    const Said said = shop(words);
    CAPTURE(said.err);
    CHECK(said.status == 64);
    CHECK(said.out.empty());
    CHECK(said.err.find(why) != said.err.npos);
    CHECK(std::count(said.err.begin(), said.err.end(), '\n') == 1);
  };
  refused({"--day", "2026-02-30"}, "\"2026-02-30\" is no day such as 2026-11-21");
  refused({"--day", "21.11.2026"}, "is no day such as");
  refused({"--day", "tomorrow\x1b[2J"}, "is no day such as");
  refused({"--from", "2026-11-21", "--to", "2026-11-20"}, "--from 2026-11-21 is after --to");
  refused({"--from", "1990-01-01", "--to", "2026-11-20"}, "ten years at most");
  refused({"--to", "2026-11-20"}, "--from");
  refused({"--day", "today", "--week"}, "excludes");
  refused({"--week", "--month"}, "excludes");
}

TEST_CASE("report: a CSV that finds the disk full says so") {
  const SoldShop shop;
  const Said full = shop({"report", "--week", "--csv", "/dev/full"});
  CHECK(full.status == 2);
  CHECK(full.err.find("No space left on device") != full.err.npos);
}

}  // namespace report_command_tests
