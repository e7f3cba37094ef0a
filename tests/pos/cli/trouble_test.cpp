// What the program says when something is in the way: one line, with what to
// do, and the status that --help promises. Nothing is lost.
#include <signal.h>
#include <sqlite3.h>
#include <sys/resource.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/register.h"
#include "tests/support/fake_clock.h"
#include "tests/support/program.h"

using namespace tests;
using Json = nlohmann::json;

namespace {

void execute(const std::filesystem::path& store, const char* sql) {
  sqlite3* handle = nullptr;
  REQUIRE(sqlite3_open(store.c_str(), &handle) == SQLITE_OK);
  REQUIRE(sqlite3_exec(handle, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
  sqlite3_close(handle);
}

// Refused by reading and by writing commands alike, in one line that has `words`.
void check_refused(const Shop& shop, std::string_view words) {
  for (const std::vector<std::string>& command : {std::vector<std::string>{"orders"},
                                                  {"replay", data_file("baskets.csv"), "--no-push"},
                                                  {"journal", "verify"}}) {
    const Said said = shop(command);
    CAPTURE(said.err);
    CHECK(said.status == 2);
    CHECK(std::count(said.err.begin(), said.err.end(), '\n') == 1);
    CHECK(said.err.find(words) != std::string::npos);
  }
}

}  // namespace

TEST_CASE("usage: an unknown command, option or value is one line and status 64") {
  const Shop shop;
  CHECK(shop({"sell"}).err == "tresen: there is no command \"sell\"; see tresen --help\n");
  CHECK(shop({"sell"}).status == 64);
  CHECK(shop({"orders", "--colour", "red"}).status == 64);
  CHECK(shop({"orders", "--limit", "many"}).status == 64);
  CHECK(shop({"order"}).status == 64);
  const Said help = shop({"--help"});
  CHECK(help.status == 0);
  CHECK(help.out.find("Exit status") != std::string::npos);
}

TEST_CASE("store: a missing one is named, and looking makes none") {
  const Shop shop;
  const Said said = shop({"orders"});
  CHECK(said.status == 2);
  CHECK(said.err.find("there is no store here yet") != std::string::npos);
  CHECK_FALSE(std::filesystem::exists(shop.data()));
}

TEST_CASE("store: a file of another program is refused and left as it is") {
  const Shop shop;
  std::filesystem::create_directory(shop.data());
  execute(shop.store(), "CREATE TABLE songs (title TEXT); INSERT INTO songs VALUES ('x')");
  const std::string before = read_file(shop.store());
  check_refused(shop, "not a store of Tresen");
  CHECK(read_file(shop.store()) == before);
  write_file(shop.store(), "this is a letter to my aunt, not a data base at all, dear reader");
  check_refused(shop, "not a store of Tresen");
}

TEST_CASE("store: one of a newer version is refused and left as it is") {
  const Shop shop;
  shop.must({"replay", data_file("baskets.csv"), "--no-push"});
  execute(shop.store(), "PRAGMA user_version = 9999");
  const std::string before = read_file(shop.store());
  check_refused(shop, "newer Tresen");
  CHECK(read_file(shop.store()) == before);
}

TEST_CASE("store: a damaged one is reported, and no command ends in a crash") {
  const Shop shop;
  shop.must({"replay", data_file("baskets.csv"), "--no-push"});
  execute(shop.store(), "PRAGMA wal_checkpoint(TRUNCATE)");
  std::string bytes = read_file(shop.store());
  for (std::size_t at = 4096; at < bytes.size(); at += 512) bytes.replace(at, 256, 256, '\x5a');
  write_file(shop.store(), bytes);
  for (const char* command : {"orders", "receipts", "outbox", "products", "journal", "doctor"}) {
    CAPTURE(command);
    const Said said = shop({command});
    CHECK(said.status <= 2);
    CHECK(said.status >= 1);
  }
  CHECK(shop({"journal", "verify"}).status != 0);
}

TEST_CASE("store: while a till has it open, reading works and writing is refused") {
  const Shop shop;
  shop.must({"replay", data_file("baskets.csv"), "--no-push"});
  const FakeClock clock;
  const auto till = core::Register::open({shop.data(), core::Durability::full, {}}, clock);
  REQUIRE(till);
  shop.must({"orders"});
  shop.must({"journal", "verify"});
  shop.must({"backup", shop.file("copy.db").string()});
  for (const std::vector<std::string>& command :
       {std::vector<std::string>{"replay", data_file("baskets.csv"), "--no-push"},
        {"import", data_file("products-classic.csv")},
        {"settings", "shop.name", "Laden"}}) {
    const Said said = shop(command);
    CHECK(said.status == 2);
    CHECK(said.err.find("another Tresen has this store open") != std::string::npos);
  }
}

TEST_CASE("folder: one that cannot be made or written is a sentence") {
  const Shop shop;
  write_file(shop.data(), "a file where the folder should be");
  const Said said = shop({"replay", data_file("baskets.csv"), "--no-push"});
  CHECK(said.status == 2);
  CHECK(said.err.find("cannot be written, check the folder") != std::string::npos);
  const Said elsewhere = run_command(
      {TRESEN_PROGRAM, "import", data_file("products-classic.csv"), "--data", "/proc/tresen"});
  CHECK(elsewhere.status == 2);
  CHECK(elsewhere.err.find("cannot be written, check the folder") != std::string::npos);
}

TEST_CASE("disk: when files cannot grow any more, what was sold before is all there") {
  const Shop shop;
  shop.must({"replay", data_file("baskets.csv"), "--no-push"});
  const auto size = std::filesystem::file_size(shop.store());
  Running limited;
  limited.before_exec = [size] {
    // The file system says "too large" as it would say "full".
    signal(SIGXFSZ, SIG_IGN);
    const rlimit most{size, size};
    setrlimit(RLIMIT_FSIZE, &most);
  };
  std::string baskets;
  for (int i = 0; i < 200; ++i) baskets += "Landbrot,Honig,Milch,Butter\n";
  const Said said = shop({"replay", shop.write("many.csv", baskets), "--no-push"}, limited);
  CHECK(said.status == 2);
  CHECK(said.err.find("Not saved. Nothing was changed.") != std::string::npos);
  CHECK(shop.must({"journal", "verify"}).out.starts_with("the journal is sound: "));
  CHECK(Json::parse(shop.must({"orders", "--json", "--limit", "1000"}).out).size() >= 10);
  // What was sold then is all there; a card that was in flight is asked about first.
  const Said again = shop({"replay", data_file("baskets.csv"), "--no-push"});
  const bool asks = again.err.find("A card payment is not settled yet.") != std::string::npos;
  CHECK((again.status == 0 || asks));
}

TEST_CASE("settings: read, changed, refused where tresen.toml says otherwise") {
  const Shop shop;
  shop.must({"settings", "shop.name", "Laden am Markt"});
  CHECK(shop.must({"settings", "shop.name"}).out == "Laden am Markt\n");
  CHECK(shop({"settings", "shop.nam"}).status == 1);
  CHECK(shop({"settings", "printer.kind", "steam"}).err.find("may be one of") != std::string::npos);
  write_file(shop.data() / "tresen.toml", "[shop]\nname = \"Aus der Datei\"\n");
  CHECK(shop.must({"settings", "shop.name"}).out == "Aus der Datei\n");
  const Said fixed = shop({"settings", "shop.name", "Anders"});
  CHECK(fixed.status == 1);
  CHECK(fixed.err.find("tresen.toml, change it there") != std::string::npos);
}

TEST_CASE("configuration: a wrong key or value names file, line and key") {
  const Shop shop;
  shop.must({"settings", "shop.name", "Laden"});
  const auto said = [&](std::string_view text) {
    write_file(shop.data() / "tresen.toml", text);
    const Said refused = shop({"orders"});
    CHECK(refused.status == 2);
    return refused.err;
  };
  CHECK(said("[printer]\nkind = \"tcp\"\ncolour = \"red\"\n")
            .find("tresen.toml:3: there is no setting \"printer.colour\"") != std::string::npos);
  CHECK(said("[printer]\nkind = \"steam\"\n").find("tresen.toml:2: printer.kind is \"steam\"") !=
        std::string::npos);
  CHECK(said("[printer\n").find("tresen.toml:1: ") != std::string::npos);
  CHECK(said("[till]\nid = 1.5\n").find("tresen.toml:2: till.id must be") != std::string::npos);
  CHECK(said("name = \"x\"\n").find("outside a table") != std::string::npos);
}

TEST_CASE("secrets: a file that others can read is refused, and no secret is ever printed") {
  const Shop shop;
  shop.must({"settings", "shop.name", "Laden"});
  const auto file = shop.data() / "secrets.toml";
  write_file(file, "[mail]\npassword = \"hunter2\"\n");
  std::filesystem::permissions(file, std::filesystem::perms(0644));
  const Said open = shop({"settings"});
  CHECK(open.status == 2);
  CHECK(open.err.find("chmod 600") != std::string::npos);
  std::filesystem::permissions(file, std::filesystem::perms(0600));
  CHECK(shop.must({"settings"}).out.find("hunter2") == std::string::npos);
  write_file(file, "[mail]\npasswort = \"hunter2\"\n");
  CHECK(shop({"settings"}).err.find("there is no secret \"mail.passwort\"") != std::string::npos);
  write_file(file, "[mail]\npassword = hunter2\n");
  CHECK(shop({"settings"}).err.find("hunter2") == std::string::npos);
}

TEST_CASE("staff: the first is a manager, and later ones need a manager's PIN") {
  const Shop shop;
  CHECK(shop({"staff", "add", "Jana", "--role", "cashier"}, {.input = "1234\n"}).status == 1);
  shop.must({"staff", "add", "Chefin", "--role", "manager"}, {.input = "4711\n"});
  CHECK(shop({"staff", "add", "Jana"}, {.input = "1234\n"}).status == 64);
  CHECK(shop({"staff", "add", "Jana", "--as", "Chefin"}, {.input = "0000\n1234\n"}).status == 1);
  const std::string pins = shop.write("pins", "4711\n1234\n");
  shop.must({"staff", "add", "Jana", "--as", "Chefin", "--pin-file", pins, "--language", "en"});
  const Json staff = Json::parse(shop.must({"staff", "--json"}).out);
  REQUIRE(staff.size() == 2);
  CHECK(staff[1]["name"] == "Jana");
  CHECK(staff[1]["role"] == "cashier");
  CHECK(shop({"settings", "shop.name", "x"}).status == 64);
  shop.must({"settings", "shop.name", "x", "--as", "Chefin"}, {.input = "4711\n"});
  CHECK(shop({"replay", data_file("baskets.csv"), "--no-push"}).status == 2);
}

TEST_CASE("doctor: each check says how it stands, and the worst one decides the status") {
  const Shop shop;
  const Said missing = shop({"doctor"});
  CHECK(missing.status == 2);
  CHECK(missing.out.find("start the till once") != std::string::npos);
  shop.must({"replay", data_file("baskets.csv"), "--no-push"});
  const auto health_of = [&](const std::string& check) -> std::string {
    for (const Json& finding : Json::parse(shop({"doctor", "--json"}).out)) {
      if (finding["check"] == check) return finding["health"];
    }
    return "";
  };
  for (const char* check :
       {"data folder", "lock", "settings", "schema", "store", "journal", "outbox", "slips", "clock",
        "printer", "signing", "upstream", "mail", "tax rates"}) {
    CAPTURE(check);
    CHECK(health_of(check) == "ok");
  }
  std::filesystem::permissions(shop.data(), std::filesystem::perms(0755));
  CHECK(health_of("data folder") == "warn");
  std::filesystem::permissions(shop.data(), std::filesystem::perms(0700));
  write_file(shop.data() / "tresen.toml",
             "[printer]\nkind = \"usb\"\naddress = \"/dev/usb/lp99\"\n");
  CHECK(health_of("printer") == "bad");
  CHECK(health_of("tax rates") == "ok");
  write_file(shop.data() / "tresen.toml",
             "[shop]\ncountry = \"CH\"\n[tax]\nrates = \"standard=770;reduced=260;zero=0\"\n");
  CHECK(health_of("tax rates") == "warn");
  write_file(shop.data() / "tresen.toml",
             "[printer]\nkind = \"usb\"\naddress = \"/dev/usb/lp99\"\n");
  CHECK(shop({"doctor"}).status == 2);
  write_file(shop.data() / "upstream", "a file where a folder should be");
  CHECK(health_of("upstream") == "bad");
}

TEST_CASE("doctor: what is wrong with the security device, and what to do") {
  const Shop shop;
  shop.must({"replay", data_file("baskets.csv"), "--no-push"});
  shop.must({"shift", "close", "--counted", "0"});
  const auto says = [&] {
    for (const Json& finding : Json::parse(shop({"doctor", "--json"}).out)) {
      if (finding["check"] == "signing") return finding["says"].get<std::string>();
    }
    return std::string();
  };
  shop.must({"settings", "shop.country", "DE"});
  CHECK(says().find("nothing is sold: set one up") != std::string::npos);
  shop.must({"settings", "fiscal.device", "epson"});
  CHECK(says().find("secrets.toml has no time_admin_pin") != std::string::npos);
  write_file(shop.data() / "secrets.toml", "[signing]\ntime_admin_pin = \"54321\"\n");
  std::filesystem::permissions(shop.data() / "secrets.toml", std::filesystem::perms(0600));
  CHECK(says().find("was not seen yet") != std::string::npos);
  shop.must({"settings", "fiscal.device", "software"});
  shop.must({"fiscal", "test"});
  CHECK(says().starts_with("Tresen "));
}
