#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/support/program.h"

namespace {

const tests::Shop& fiscal_shop() {
  static const tests::Shop shop;
  return shop;
}

std::string first_qr() {
  std::istringstream lines(tests::read_file(tests::data_file("tse/qr-vectors.tsv")));
  for (std::string line; std::getline(lines, line);) {
    const std::size_t begin = line.find("\tV0;");
    if (begin != line.npos) return line.substr(begin + 1, line.find('\t', begin + 1) - begin - 1);
  }
  return {};
}

}  // namespace

TEST_CASE("cli fiscal: an export of devices verifies, and says what it has") {
  const auto said =
      fiscal_shop().must({"fiscal", "check-tar", tests::data_file("tse/odd-export.tar"), "--json"});
  const auto json = nlohmann::json::parse(said.out);
  CHECK(json["good"] == true);
  CHECK(json["verified"] == 8);
  CHECK(json["devices"].size() == 2);
  CHECK(json["devices"][1]["missing_counters"][0]["first"] == 41);
  const auto text =
      fiscal_shop().must({"fiscal", "check-tar", tests::data_file("tse/odd-export.tar")});
  CHECK(text.out.starts_with("8 of 8 logs verify\n"));
  CHECK_FALSE(std::filesystem::exists(fiscal_shop().data()));
}

TEST_CASE("cli fiscal: what is wrong with an export is named, in one line") {
  const auto whole =
      fiscal_shop()({"fiscal", "check-tar", "--whole", tests::data_file("tse/odd-export.tar")});
  CHECK(whole.status == 1);
  CHECK(whole.err.find("logs are missing") != std::string::npos);
  std::string bytes = tests::read_file(tests::data_file("tse/odd-export.tar"));
  bytes.replace(bytes.find("0.00_2.00"), 9, "0.00_1.00");
  const auto spoilt =
      fiscal_shop()({"fiscal", "check-tar", fiscal_shop().write("spoilt.tar", bytes)});
  CHECK(spoilt.status == 1);
  CHECK(spoilt.err.find("Sig-42_Log-Tra_No-9_Finish_Client-KASSE-0002_Fc-1.log: its signature does "
                        "not verify") != std::string::npos);
  CHECK(fiscal_shop()({"fiscal", "check-tar", "/nonexistent"}).status == 2);
  CHECK(fiscal_shop()({"fiscal", "check-tar"}).status == 64);
  CHECK(fiscal_shop()({"fiscal", "guess"}).status == 64);
  CHECK(fiscal_shop()({"fiscal"}).status ==
        2);  // how the device stands, of a store that is not there
}

TEST_CASE("cli fiscal: a receipt's QR code verifies as a text, in a file and on stdin") {
  const std::string qr = first_qr();
  CHECK(fiscal_shop().must({"fiscal", "check-qr", qr}).out.find("verifies") != std::string::npos);
  const auto file = fiscal_shop().write("codes.txt", qr + "\r\n\n" + qr + "\n");
  const auto json =
      nlohmann::json::parse(fiscal_shop().must({"fiscal", "check-qr", file, "--json"}).out);
  REQUIRE(json.size() == 2);
  CHECK(json[0]["till"] == "KASSE-0001");
  CHECK(json[0]["transaction"] == 1);
  CHECK(json[0]["serial"].get<std::string>().size() == 64);
  CHECK(json[1]["line"] == 3);
  fiscal_shop().must({"fiscal", "check-qr", "-"}, {.input = qr});
}

TEST_CASE("cli fiscal: the first QR code that is wrong is named") {
  const std::string qr = first_qr();
  std::string spoilt = qr;
  spoilt.replace(spoilt.find("12.90"), 5, "12.91");
  const auto said =
      fiscal_shop()({"fiscal", "check-qr", "-"}, {.input = qr + "\n" + spoilt + "\nrubbish\n"});
  CHECK(said.status == 1);
  CHECK(said.err == "tresen: line 2: the signature does not verify\n");
  CHECK(fiscal_shop()({"fiscal", "check-qr", "V0;x"}).status == 1);
  CHECK(fiscal_shop()({"fiscal", "check-qr", "-"}, {.input = "\n"}).status == 64);
  CHECK(fiscal_shop()({"fiscal", "check-qr", "nothing like it"}).status == 2);
}

TEST_CASE("cli fiscal: an export that is none is refused") {
  CHECK(fiscal_shop()({"fiscal", "check-export", fiscal_shop().write("no.zip", "no")}).status == 2);
}

TEST_CASE("cli export: the records of the device, whole or of some days, and a forced export") {
  const tests::Shop shop;
  shop.must({"replay", "--no-push", "/dev/null"});
  shop.must({"fiscal", "setup", "--country", "DE", "--device", "software"});
  shop.must({"shift", "open", "100.00"});
  shop.must({"fiscal", "test"});
  CHECK(shop.must({"export", "tar"}).out.find(".tar") != std::string::npos);
  const std::string part = (shop.data() / "part.tar").string();
  shop.must({"export", "tar", "--from", "2020-01-01", "--to", "2099-01-01", "--out", part});
  shop.must({"fiscal", "check-tar", part});
  CHECK(shop({"export", "tar", "--from", "2026-02-30", "--out", part}).status == 64);
  CHECK(shop({"export", "tar", "--from", "2026-02-01"}).status == 64);
  shop.must({"shift", "count", "100.00"});
  shop.must({"shift", "close", "--drop", "0"});
  shop.must({"fiscal", "test"});
  const std::string zip = (shop.data() / "z.zip").string();
  shop.must({"export", "dsfinvk", "--from-z", "1", "--out", zip});
  shop.must({"export", "dsfinvk", "--from-z", "1", "--force", "--out", zip});
}

TEST_CASE("cli fiscal: a PIN is set anew with the PUK alone") {
  CHECK(tests::Shop()({"fiscal", "unblock"}).status == 64);
}

TEST_CASE("cli fiscal: another device is not called ready, and a set-up takes it") {
  const tests::Shop shop;
  const auto first = shop.must({"fiscal", "setup", "--country", "DE", "--device", "software"}).out;
  // Without its folder the software device begins anew, with another serial.
  std::filesystem::remove_all(shop.data() / "software-tse");
  const auto tested = shop({"fiscal", "test"});
  CHECK(tested.status == 1);
  CHECK(tested.err.find("another security device answers") != std::string::npos);
  const auto second = shop.must({"fiscal", "setup", "--country", "DE"}).out;
  CHECK(second.starts_with("ready: "));
  CHECK(second != first);
  CHECK(shop.must({"fiscal", "test"}).out == second);
}
