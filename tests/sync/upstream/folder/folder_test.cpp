#include "sync/upstream/folder/folder.h"

#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

#include "sync/mail/eml_folder.h"
#include "sync/upstream/json/order_json.h"
#include "sync/upstream/pushed_anchors.h"
#include "tests/support/receipts.h"
#include "tests/support/temp_folder.h"

namespace {

namespace fs = std::filesystem;
using core::OutboxFate;

std::string content(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

void write(const fs::path& file, const std::string& text) {
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << text;
}

std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) {
    names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

syncing::Answer push(syncing::Folder& folder, const core::Order& order) {
  folder.begin({{1, order}});
  const auto answers = folder.answers();
  REQUIRE(answers.size() == 1);
  return answers[0].answer;
}

std::string online_json(const std::string& number = "1001") {
  core::Order order = tests::plain_sale().order;
  order.number = number;
  order.channel = "online";
  order.id = {};
  order.id.uuid.bytes[15] = static_cast<std::uint8_t>(number.back());
  return syncing::to_json(order);
}

// A day later: nothing that a test wrote is still settling.
core::Instant tomorrow() {
  return core::SystemClock().now() + std::chrono::hours{24};
}

syncing::Upstream::Pulled pull(syncing::Folder& folder, core::Instant now = tomorrow()) {
  folder.begin_pull({now, {}, {}});
  const auto pulled = folder.pulled();
  REQUIRE(pulled);
  return *pulled;
}

}  // namespace

TEST_CASE("folder: each version of an order is a file of its own") {
  const tests::TempFolder temp;
  syncing::Folder folder(temp.path());
  core::Order order = tests::plain_sale().order;
  CHECK(push(folder, order) == syncing::done());
  order.version = 2;
  CHECK(push(folder, order) == syncing::done());
  CHECK(names_in(temp / "outbox") ==
        std::vector<std::string>{"T1-000123.v1.json", "T1-000123.v2.json"});
  CHECK(content(temp / "outbox/T1-000123.v2.json") == syncing::to_json(order));
}

TEST_CASE("folder: the same order pushed again is harmless") {
  const tests::TempFolder temp;
  syncing::Folder folder(temp.path());
  const core::Order order = tests::plain_sale().order;
  for (int i = 0; i < 3; ++i) CHECK(push(folder, order) == syncing::done());
  CHECK(names_in(temp / "outbox").size() == 1);
}

TEST_CASE("folder: another content under the same name is refused and left as it is") {
  const tests::TempFolder temp;
  syncing::Folder folder(temp.path());
  write(temp / "outbox/T1-000123.v1.json", "somebody else's");
  const auto answer = push(folder, tests::plain_sale().order);
  CHECK(answer.fate == OutboxFate::refused);
  CHECK(answer.reason.starts_with("A different file of this name is already there: "));
  CHECK(content(temp / "outbox/T1-000123.v1.json") == "somebody else's");
}

TEST_CASE("folder: a file left half written by a power cut is no order, and is written over") {
  const tests::TempFolder temp;
  syncing::Folder folder(temp.path());
  write(temp / "outbox/.T1-000123.v1.json.tmp", "{\"half\":");
  CHECK(push(folder, tests::plain_sale().order) == syncing::done());
  CHECK(names_in(temp / "outbox") == std::vector<std::string>{"T1-000123.v1.json"});
}

TEST_CASE("folder: a full disk is tried again, in words, and leaves no file") {
  const tests::TempFolder temp;
  syncing::Folder folder(temp.path());
  fs::create_directories(temp / "outbox");
  fs::create_symlink("/dev/full", temp / "outbox/.T1-000123.v1.json.tmp");
  const auto answer = push(folder, tests::plain_sale().order);
  CHECK(answer.fate == OutboxFate::again);
  CHECK(answer.link_down);
  CHECK(answer.reason.ends_with("T1-000123.v1.json: No space left on device"));
  CHECK(names_in(temp / "outbox").empty());
}

TEST_CASE("folder: one that cannot be made is tried again, in words") {
  const tests::TempFolder temp;
  write(temp / "file", "");
  syncing::Folder folder(temp / "file");
  const auto answer = push(folder, tests::plain_sale().order);
  CHECK(answer.fate == OutboxFate::again);
  CHECK(answer.reason.find("Not a directory") != answer.reason.npos);
  CHECK(pull(folder).trouble.find("Not a directory") != std::string::npos);
}

TEST_CASE("folder: no number can leave the folder or share a file with another") {
  core::Order order = tests::plain_sale().order;
  order.number = "../../etc/passwd";
  CHECK(syncing::outbox_name(order) == "%2E.%2F..%2Fetc%2Fpasswd.v1.json");
  order.channel = "e/bay";
  order.number = "#1001~";
  CHECK(syncing::outbox_name(order) == "e%2Fbay~%231001%7E.v1.json");
}

TEST_CASE("folder: an order of the inbox stays until the till has taken it over") {
  const tests::TempFolder temp;
  syncing::Folder folder(temp.path());
  write(temp / "inbox/1001.json", online_json());
  const auto pulled = pull(folder);
  REQUIRE(pulled.orders.size() == 1);
  CHECK(pulled.orders[0].number == "1001");
  CHECK(fs::exists(temp / "inbox/1001.json"));
  CHECK(pull(folder).orders.size() == 1);
  folder.accept(pulled.orders[0]);
  CHECK_FALSE(fs::exists(temp / "inbox/1001.json"));
  CHECK(fs::exists(temp / "inbox/done/1001.json"));
  CHECK(pull(folder).orders.empty());
}

TEST_CASE("folder: a malformed order is put aside with the reason, the others come in") {
  const tests::TempFolder temp;
  syncing::Folder folder(temp.path());
  write(temp / "inbox/a.json", "{\"number\": 7}");
  write(temp / "inbox/b.json", online_json());
  CHECK(pull(folder).orders.size() == 1);
  CHECK(names_in(temp / "inbox/refused") ==
        std::vector<std::string>{"a.json", "a.json.reason.txt"});
  CHECK(content(temp / "inbox/refused/a.json.reason.txt").find(R"(Field "format" is missing)") !=
        std::string::npos);
}

TEST_CASE("folder: what stands aside is told by name, and tried again when it is wanted") {
  const tests::TempFolder temp;
  syncing::Folder folder(temp.path());
  write(temp / "inbox/a.json", "{\"number\": 7}");
  auto pulled = pull(folder);
  CHECK(pulled.aside_is_all);
  REQUIRE(pulled.aside.size() == 1);
  CHECK(pulled.aside[0].name == "a.json");
  CHECK(pulled.aside[0].reason == R"(Field "format" is missing)");
  // Mended where it stands, and wanted again.
  write(temp / "inbox/refused/a.json", online_json());
  folder.begin_pull({tomorrow(), {}, {}, {pulled.aside[0]}});
  pulled = *folder.pulled();
  CHECK(pulled.was_tried);
  CHECK(pulled.orders.size() == 1);
  CHECK(pulled.aside.empty());
  CHECK(names_in(temp / "inbox/refused").empty());
}

TEST_CASE("folder: a file that is still being written is waited for") {
  const tests::TempFolder temp;
  syncing::Folder folder(temp.path());
  write(temp / "inbox/a.json", online_json().substr(0, 100));
  CHECK(pull(folder, core::SystemClock().now()).orders.empty());
  CHECK(fs::exists(temp / "inbox/a.json"));
  pull(folder);
  CHECK(fs::exists(temp / "inbox/refused/a.json"));
}

TEST_CASE("folder: an order that the till will not take is put aside with the words") {
  const tests::TempFolder temp;
  syncing::Folder folder(temp.path());
  write(temp / "inbox/a.json", online_json());
  const auto pulled = pull(folder);
  folder.refuse(pulled.orders.at(0), "This order was made at a till.");
  CHECK(content(temp / "inbox/refused/a.json.reason.txt") == "This order was made at a till.\n");
}

TEST_CASE("folder: hidden, foreign and nested things in the inbox are left alone") {
  const tests::TempFolder temp;
  syncing::Folder folder(temp.path());
  write(temp / "inbox/.a.json.tmp", "x");
  write(temp / "inbox/.hidden.json", "x");
  write(temp / "inbox/readme.txt", "x");
  fs::create_directories(temp / "inbox/folder.json");
  CHECK(pull(folder).orders.empty());
  CHECK(names_in(temp / "inbox").size() == 4);
}

TEST_CASE("folder: names that were used before do not overwrite what was done") {
  const tests::TempFolder temp;
  syncing::Folder folder(temp.path());
  for (int i = 0; i < 3; ++i) {
    write(temp / "inbox/a.json", online_json());
    folder.accept(pull(folder).orders.at(0));
  }
  CHECK(names_in(temp / "inbox/done") ==
        std::vector<std::string>{"a.2.json", "a.3.json", "a.json"});
}

TEST_CASE("eml folder: a mail is a file named by its key, and twice the same is one") {
  const tests::TempFolder temp;
  syncing::EmlFolder mailer(temp / "mail");
  const core::Uuid key = tests::uuid_of(7);
  for (int i = 0; i < 2; ++i) {
    mailer.begin({3, key, "a@b.c", "d@e.f", "Subject: x\r\n\r\ny\r\n"});
    const auto answers = mailer.answers();
    REQUIRE(answers.size() == 1);
    CHECK(answers[0].row == 3);
    CHECK(answers[0].answer == syncing::done());
  }
  CHECK(names_in(temp / "mail") == std::vector<std::string>{core::to_text(key) + ".eml"});
  CHECK(content(temp / ("mail/" + core::to_text(key) + ".eml")) == "Subject: x\r\n\r\ny\r\n");
}

TEST_CASE("eml folder: one that cannot be made is tried again, in words") {
  const tests::TempFolder temp;
  write(temp / "mail", "");
  syncing::EmlFolder mailer(temp / "mail");
  mailer.begin({3, tests::uuid_of(7), "a@b.c", "d@e.f", "x"});
  const auto answer = mailer.answers().at(0).answer;
  CHECK(answer.fate == OutboxFate::again);
  CHECK_FALSE(answer.reason.empty());
}

TEST_CASE("folder: files that are too large are put aside and hold up nobody") {
  const tests::TempFolder temp;
  syncing::Folder folder(temp.path());
  for (int i = 0; i < 250; ++i) {
    const auto file = temp / ("inbox/a" + std::to_string(i) + ".json");
    write(file, "{");
    fs::resize_file(file, (4U << 20U) + 1);
  }
  write(temp / "inbox/z.json", online_json());
  CHECK(pull(folder).orders.size() == 1);
  CHECK(names_in(temp / "inbox/refused").size() == 500);
  CHECK(content(temp / "inbox/refused/a7.json.reason.txt") == "The file is larger than 4 MiB.");
}

TEST_CASE("folder: files that cannot be read yet are waited for and hold up nobody") {
  const tests::TempFolder temp;
  syncing::Folder folder(temp.path());
  for (int i = 0; i < 250; ++i) write(temp / ("inbox/a" + std::to_string(i) + ".json"), "{");
  write(temp / "inbox/z.json", online_json());
  const auto pulled = pull(folder, core::SystemClock().now());
  CHECK(pulled.orders.size() == 1);
  CHECK_FALSE(fs::exists(temp / "inbox/refused"));
}

TEST_CASE("folder: a pushed order proves the journal, and its highest numbers are found again") {
  const tests::TempFolder temp;
  syncing::Folder folder(temp.path());
  for (const int number : {7, 123, 99}) {
    syncing::Job job{1, tests::plain_sale().order};
    job.order.number = "T1-" + std::to_string(number);
    job.anchor = core::Anchor{number, std::string(64, 'a'), number};
    folder.begin({job});
    REQUIRE(folder.answers()[0].answer == syncing::done());
  }
  write(temp / "outbox/T1-200.v1.json", "{}");
  write(temp / "outbox/T2-900.v1.json", "{}");
  const auto anchors = syncing::pushed_anchors(temp / "outbox", "T1");
  REQUIRE(anchors.size() == 3);
  CHECK(anchors.back() == core::Anchor{123, std::string(64, 'a'), 123});
  CHECK(syncing::pushed_anchors(temp / "nowhere", "T1").empty());
}

TEST_CASE("folder: a change of stock is a file of its own, and the same again is the same") {
  const tests::TempFolder temp;
  syncing::Folder folder(temp.path());
  syncing::Job counted{1, {}, core::OutboxKind::adjust_stock, tests::uuid_of(50)};
  counted.stock.emplace();
  counted.stock->till = "T1";
  counted.stock->title = "Mug";
  counted.stock->before = core::pieces(10);
  counted.stock->after = core::pieces(8);
  counted.stock->reason = "inventory";
  const fs::path file =
      temp.path() / "stock" / ("T1-" + core::to_text(tests::uuid_of(50)) + ".json");
  for (int i = 0; i < 2; ++i) {
    folder.begin({counted, {2, tests::plain_sale().order}});
    for (const auto& answer : folder.answers()) CHECK(answer.answer.fate == OutboxFate::done);
    CHECK(content(file).find("\"delta\": \"-2\"") != std::string::npos);
    CHECK(names_in(temp.path() / "stock").size() == 1);
    CHECK(names_in(temp.path() / "outbox").size() == 1);
  }
}
