#include "pos/backup/backup.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "core/base/ids.h"
#include "core/register.h"
#include "core/store/anchor.h"
#include "core/store/journal.h"
#include "core/store/till_store.h"
#include "tests/support/fake_clock.h"
#include "tests/support/program.h"
#include "tests/support/temp_folder.h"

using namespace pos;
namespace fs = std::filesystem;

namespace {

// A till with settings, secrets, a picture, and things that were given away already.
struct BackedUpTill {
  BackedUpTill() {
    fs::create_directories(folder / "shop" / "pictures");
    fs::create_directories(folder / "shop" / "upstream" / "outbox");
    tests::write_file(data() / "tresen.toml", "[till]\nid = \"T7\"\n");
    tests::write_file(data() / "secrets.toml", "[mail]\npassword = \"geheim\"\n");
    tests::write_file(data() / "pictures" / "logo.png", std::string(150'000, '\x7f'));
    tests::write_file(data() / "upstream" / "outbox" / "T7-1.json", "{}");
    const auto till = core::Register::open({data(), core::Durability::none, {}}, clock);
    REQUIRE(till);
    REQUIRE((*till)->handle(core::OpenShift{core::Money{15'000, core::eur}}));
    code = RecoveryCode::make();
    secret = *new_backup_secret(code);
  }
  fs::path data() const { return folder / "shop"; }
  core::Result<BackupNote, std::string> make(const fs::path& target) const {
    auto store = core::Database::open(data() / "till.db", core::Access::read);
    REQUIRE(store);
    return make_backup(*store, core::load_settings(*store), data(), target, secret, clock.now());
  }
  SealedReader open(const fs::path& file) const {
    auto reader = SealedReader::open(file, code);
    REQUIRE_MESSAGE(reader, reader.error());
    return std::move(*reader);
  }

  tests::TempFolder folder;
  tests::FakeClock clock;
  RecoveryCode code;
  BackupSecret secret;
};

}  // namespace

TEST_CASE("backup: a till comes back from its file with all that belongs to it") {
  const BackedUpTill till;
  const fs::path file = till.folder / "T7.tresen";
  const auto made = till.make(file);
  REQUIRE_MESSAGE(made, made.error());
  CHECK(made->receipts == 1);  // of the float
  CHECK((fs::status(file).permissions() & fs::perms(077)) == fs::perms::none);
  CHECK(tests::read_file(file).find("geheim") == std::string::npos);
  for (const auto& entry : fs::directory_iterator(till.data())) {
    CHECK_FALSE(entry.path().filename().string().starts_with("backup.part"));
  }
  CHECK_FALSE(till.make(file));  // never over another one

  const fs::path again = till.folder / "again";
  const auto restored = restore_backup(till.open(file), again, {});
  REQUIRE_MESSAGE(restored, restored.error());
  CHECK(tests::read_file(again / "secrets.toml") == "[mail]\npassword = \"geheim\"\n");
  CHECK(tests::read_file(again / "pictures" / "logo.png") == std::string(150'000, '\x7f'));
  CHECK_FALSE(fs::exists(again / "upstream"));
  CHECK((fs::status(again).permissions() & fs::perms(077)) == fs::perms::none);
  CHECK_FALSE(fs::exists(till.folder / "again.part"));
  const auto reopened = core::Register::open({again, core::Durability::none, {}}, till.clock);
  REQUIRE(reopened);
  CHECK(std::holds_alternative<core::JournalSound>(core::verify_journal((*reopened)->database())));
  CHECK((*reopened)->snapshot().shift);
}

TEST_CASE("backup: numbers go on behind the last slip of the old till, and the journal says why") {
  const BackedUpTill till;
  const fs::path file = till.folder / "T7.tresen";
  REQUIRE(till.make(file));
  REQUIRE(restore_backup(till.open(file), till.folder / "again", {41, 7}));
  const auto again =
      core::Register::open({till.folder / "again", core::Durability::none, {}}, till.clock);
  REQUIRE(again);
  REQUIRE(
      (*again)->handle(core::MoveCash{core::CashMoveKind::paid_in, {500, core::eur}, "change"}));
  CHECK(core::anchor_of((*again)->database()).receipts == 42);
  REQUIRE((*again)->handle(core::CountDrawer{core::Money{15'500, core::eur}}));
  REQUIRE((*again)->handle(core::CloseShift{core::Money{0, core::eur}, ""}));
  CHECK(core::anchor_of((*again)->database()).closings == 8);
  const auto sound = core::verify_journal((*again)->database());
  REQUIRE(std::holds_alternative<core::JournalSound>(sound));
  CHECK(std::get<core::JournalSound>(sound).gaps.size() == 1);
}

TEST_CASE("backup: a wrong code is told from a damaged file, and neither restores anything") {
  const BackedUpTill till;
  const fs::path file = till.folder / "T7.tresen";
  REQUIRE(till.make(file));
  RecoveryCode other = RecoveryCode::make();
  while (other.id() == till.code.id()) other = RecoveryCode::make();
  const auto refused = SealedReader::open(file, other);
  REQUIRE_FALSE(refused);
  CHECK(
      refused.error().starts_with("this is another code: T7.tresen is opened by the one marked "));

  const std::string whole = tests::read_file(file);
  const fs::path damaged = till.folder / "damaged";
  const fs::path target = till.folder / "again";
  const auto trouble = [&](const std::string& bytes) -> std::string {
    tests::write_file(damaged, bytes);
    auto reader = SealedReader::open(damaged, till.code);
    if (!reader) return reader.error();
    const auto restored = restore_backup(std::move(*reader), target, {});
    return restored ? "" : restored.error();
  };
  const std::string cut_or_changed =
      damaged.string() + " is damaged: it was cut off or changed, take another backup";
  CHECK(trouble("PK\x03\x04 a zip") == damaged.string() + " is no backup of a till");
  for (const std::size_t at : {20UL, 60UL, 130UL, 200UL, whole.size() / 2, whole.size() - 1}) {
    CAPTURE(at);
    std::string bytes = whole;
    bytes[at] = static_cast<char>(bytes[at] ^ 1);
    CHECK(trouble(bytes) == cut_or_changed);
    CHECK(trouble(whole.substr(0, at)) == cut_or_changed);
  }
  CHECK(trouble(whole + "x") == cut_or_changed);
  CHECK_FALSE(fs::exists(target));
  CHECK_FALSE(fs::exists(till.folder / "again.part"));
  CHECK(trouble(whole).empty());
}

TEST_CASE("backup: it is restored into an empty folder only") {
  const BackedUpTill till;
  const fs::path file = till.folder / "T7.tresen";
  REQUIRE(till.make(file));
  const auto refused = restore_backup(till.open(file), till.data(), {});
  REQUIRE_FALSE(refused);
  CHECK(refused.error() ==
        till.data().string() + " is not empty, name a folder that is not there yet");
  fs::create_directory(till.folder / "empty");
  CHECK(restore_backup(till.open(file), till.folder / "empty", {}));
}

TEST_CASE("backup: a secret reads back from the secrets file, and nothing else does") {
  const auto secret = new_backup_secret(RecoveryCode::make());
  REQUIRE(secret);
  const std::string text = to_text(*secret);
  const auto again = backup_secret_from(text);
  REQUIRE(again);
  CHECK(to_text(*again) == text);
  for (const std::string& wrong : {std::string(), text.substr(1), text + "0", text + ":00",
                                   std::string("7X:00:00:00:00"), std::string("::::")}) {
    CHECK_FALSE(backup_secret_from(wrong));
  }
}
