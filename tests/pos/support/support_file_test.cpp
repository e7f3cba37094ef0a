// The support file helps whoever looks for a fault, and says nothing of anybody.
#include "pos/support/support_file.h"

#include <doctest/doctest.h>

#include "pos/export/zip_file.h"
#include "pos/support/mask.h"
#include "tests/support/program.h"
#include "tests/support/till_driver.h"

using namespace pos;
namespace fs = std::filesystem;

namespace {

// All that is in it, names and texts.
std::string all_in(const fs::path& zip) {
  const auto names = names_in_zip(zip);
  REQUIRE(names);
  std::string all;
  for (const std::string& name : *names) {
    all += name + "\n";
    REQUIRE(read_in_zip(zip, name, [&](std::istream& content) {
      all.append(std::istreambuf_iterator<char>(content), {});
    }));
  }
  return all;
}

// A shop with what must not get out: in the store, in the log, in the secrets.
struct TalkativeShop {
  tests::TillDriver till;

  TalkativeShop() {
    till.scan(tests::krimi);
    core::Customer customer;
    customer.name = "Wilhelmine Sonnenschein";
    customer.email = "wilhelmine@sonnenschein.example";
    till.must(core::SetCustomer{customer});
    till.must(core::TakeCash{tests::euros(2000)});
    till.must(core::AddCashier{"Dorothea Wagenknecht", core::Role::manager, "47112", "de"});
    const fs::path& data = till.folder();
    fs::create_directories(data / "log");
    tests::write_file(data / "log" / "till.log",
                      "[2026-12-01 09:50:12.123] [error] mail to wilhelmine@sonnenschein.example "
                      "for Wilhelmine Sonnenschein failed\n"
                      "card 4111 1111 1111 1111, 4111111111111111 and 411111XXXXXX1111\n"
                      "Authorization: Bearer abc.def-ghi\nkey=sk_live_7Yh2Kq\n"
                      "phone +49 221 555 0120, account DE89 3704 0044 0532 0130 00\n"
                      "the platform said: token geheim-4711-wort\n"
                      "printer 192.168.0.9:9100: out of paper, order T1-000123\n");
    tests::write_file(data / "secrets.toml",
                      "[mail]\npassword = \"geheim-4711-wort\"\n[upstream]\nkey = \"sk_own_9\"\n");
    fs::permissions(data / "secrets.toml", fs::perms(0600));
    tests::write_file(
        data / "tresen.toml",
        "[mail]\nfrom = \"laden@lindner.example\"\nhost = \"smtp.lindner.example\"\n");
  }

  std::string support() {
    const Words english(Language::english);
    auto database = core::Database::open(till.folder() / "till.db", core::Access::read);
    REQUIRE(database);
    const fs::path out = till.folder() / "out";
    fs::create_directories(out);
    const auto file = write_support(*database, till.folder(),
                                    {out, {"printer: mail dorothea@example.org, 0221 555 01 20"}},
                                    till.clock.now(), english);
    REQUIRE_MESSAGE(file, (file ? "" : file.error()));
    CHECK(file->filename().string().starts_with("tresen-support-T1-"));
    CHECK_FALSE(fs::exists(till.folder() / "support.new"));
    return all_in(*file);
  }
};

}  // namespace

TEST_CASE("support: no customer, no mail address, no card number and no secret gets out") {
  TalkativeShop shop;
  const std::string all = shop.support();
  for (const char* told :
       {"Wilhelmine",  "Sonnenschein", "sonnenschein", "Dorothea", "Wagenknecht",      "4111",
        "1111 1111",   "XXXXXX1111",   "abc.def-ghi",  "7Yh2Kq",   "geheim-4711-wort", "sk_own_9",
        "555 0120",    "555 01 20",    "0532 0130",    "laden@",   "@example",         "Feinkost",
        "Lindenallee", "47112",        "$argon"}) {
    CAPTURE(told);
    CHECK(all.find(told) == std::string::npos);
  }
}

TEST_CASE("support: what a fault is looked for with is in it") {
  TalkativeShop shop;
  const std::string all = shop.support();
  for (const char* told :
       {"versions.txt", "doctor.txt", "settings.txt", "counters.txt", "outbox.txt", "journal.txt",
        "log/till.log", "tresen " TRESEN_VERSION, "printer.kind = simulated", "mail.host = smtp.",
        "(tresen.toml)", "printer 192.168.0.9:9100: out of paper, order T1-000123",
        "2026-12-01 09:50:12.123", "  receipts ", "cashier added", "ok    store:"}) {
    CAPTURE(told);
    CHECK(all.find(told) != std::string::npos);
  }
}

TEST_CASE("support: the command names the file, and refuses where there is no store") {
  const tests::Shop shop;
  CHECK(shop({"support", shop.file("out.zip").string()}).status == 2);
  shop.must({"replay", tests::data_file("baskets.csv"), "--no-push"});
  const tests::Said said = shop.must({"support", shop.file("out.zip").string()});
  CHECK(said.out == shop.file("out.zip").string() + "\n");
  CHECK(all_in(shop.file("out.zip")).find("counters.txt") != std::string::npos);
  CHECK(shop({"support", "/nowhere/at/all.zip"}).status == 2);
}

TEST_CASE("mask: times, versions, addresses of devices and numbers of orders stay") {
  const Mask mask({}, {});
  for (const char* plain :
       {"2026-12-01 09:50:12.123 T1-000123 and T1-R000007", "192.168.0.20:20007, /dev/ttyUSB0",
        "version 3.40.1, 12345 rows, 20 min", "0.000123 s, port 9100"}) {
    CHECK(mask(plain) == plain);
  }
  CHECK(mask("/home/anna/.local/share/tresen") == "/home/<user>/.local/share/tresen");
}

TEST_CASE("mask: a long line is cut rather than searched for ever") {
  const Mask mask({"Anna Berg"}, {});
  CHECK(mask(std::string(1'000'000, '1') + "\nAnna").find("Anna") == std::string::npos);
}
