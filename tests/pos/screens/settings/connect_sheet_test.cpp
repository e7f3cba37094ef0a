#include "pos/screens/settings/connect_sheet.h"

#include <doctest/doctest.h>

#include "pos/screens/orders/rules_sheet.h"
#include "pos/screens/settings/settings_screen.h"
#include "tests/support/orders_scene.h"
#include "tests/support/ui_driver.h"

using namespace tests;

namespace {

struct SettingsPage {
  OrdersScene box;
  pos::SettingsInput input;
  pos::Reaction reaction;
  test::UiDriver ui;

  test::UiDriver::Draw draw() {
    return [this](pos::ui::Ui& on) {
      auto now = pos::run(on, box.scene(), input);
      if (!now.is_empty()) reaction = now;
    };
  }
};

}  // namespace

TEST_CASE("connect: a platform is tried before it is used, and its key goes to the secrets alone") {
  SettingsPage page;
  page.input.section = pos::Section::upstream;
  page.ui.tap("Connect …", page.draw());
  page.ui.tap("Medusa", page.draw());
  page.ui.type("http://shop.example", page.draw());
  page.ui.key(pos::ui::Key::enter, page.draw());
  page.ui.type("sk_1", page.draw());
  page.ui.draw(page.draw());
  CHECK_FALSE(page.ui.shows("sk_1"));
  page.ui.key(pos::ui::Key::enter, page.draw());
  REQUIRE(page.reaction.trial);
  CHECK(page.reaction.trial->kind == "medusa");
  CHECK(page.reaction.trial->address == "http://shop.example");
  CHECK(page.reaction.trial->key == "sk_1");
  CHECK(page.reaction.commands.empty());

  page.box.devices.trial = {pos::TrialState::bad, "The key is not accepted.", {}};
  page.ui.tap("Use it", page.draw());
  CHECK(page.ui.refused() == "Only a connection that works can be used.");
  CHECK(page.ui.shows("The key is not accepted."));

  page.box.devices.trial = {pos::TrialState::good, "", {"Shop “Feinkost”, currency EUR"}};
  page.ui.tap("Use it", page.draw());
  CHECK(page.reaction.key_to_keep == "sk_1");
  REQUIRE(page.reaction.commands.size() == 2);
  for (const core::Command& command : page.reaction.commands)
    CHECK(command.get<core::ChangeSetting>().value != "sk_1");
  CHECK(page.reaction.commands[1].get<core::ChangeSetting>().value == "medusa");

  page.box.devices.progress.work = "12,000 products";
  page.ui.draw(page.draw());
  CHECK(page.ui.shows("12,000 products"));
  page.box.devices.progress.work.clear();
  page.ui.tap("Done", page.draw());
  CHECK_FALSE(page.input.connect);
}

TEST_CASE("connect: a folder needs no address and is tried at once") {
  SettingsPage page;
  page.input.section = pos::Section::upstream;
  page.ui.tap("Connect …", page.draw());
  page.ui.tap("Folder", page.draw());
  REQUIRE(page.reaction.trial);
  CHECK(page.reaction.trial->kind == "folder");
  CHECK(page.reaction.trial->key.empty());
}

TEST_CASE("rules: a dry run counts what each rule would do and leads to the orders") {
  SettingsPage page;
  page.input.section = pos::Section::automations;
  page.ui.tap("Try it out", page.draw());
  REQUIRE(page.input.rules.is_open);
  CHECK(pos::wants(page.box.scene(), page.input).size() == 1);
  page.ui.draw(page.draw());
  CHECK(page.ui.shows("The orders are being looked at"));
  page.box.found.rules.emplace();
  page.ui.draw(page.draw());
  CHECK(page.ui.shows("The rules would do nothing"));
  using core::RuleVerb;
  page.box.found.rules = core::FoundRules{
      {{{uuid_of(1)}, "#1041", "Buchclub Nord", RuleVerb::archive, "fulfilled and paid"},
       {{uuid_of(2)}, "#1047", "", RuleVerb::archive, "fulfilled and paid"},
       {{uuid_of(3)}, "#1048", "", RuleVerb::capture, "everything is fulfilled", cents(6380)}}};
  page.ui.draw(page.draw());
  CHECK(page.ui.shows("would capture 1 payment: €63.80 · would archive 2 orders"));
  CHECK(page.ui.shows("Archive, because fulfilled and paid"));
  page.ui.tap("would-0", page.draw());
  CHECK(page.reaction.order == core::OrderId{uuid_of(1)});
  CHECK_FALSE(page.input.rules.is_open);
}

TEST_CASE("rules: they are tried as they would be, before they are on") {
  SettingsPage page;
  page.input.section = pos::Section::automations;
  page.ui.tap("Try it out", page.draw());
  const auto asked = pos::wants(page.box.scene(), page.input);
  REQUIRE(asked.size() == 1);
  const core::RuleSettings& tried = std::get<core::AskRules>(asked.front()).rules;
  CHECK(tried.capture == "at_order");
  CHECK(tried.fulfil == "everything");
  CHECK(tried.archive == "on");
  CHECK(page.reaction.commands.empty());
}

namespace {

// The first rule, to capture at the time of the order.
void choose_capture(SettingsPage& page) {
  const pos::SettingsTap tap{.kind = pos::SettingsTap::Kind::option, .index = 0, .option = 0};
  page.reaction = pos::react(tap, page.box.scene(), page.input);
}

}  // namespace

TEST_CASE("rules: switching one on says on how many orders and for how much, and asks") {
  SettingsPage page;
  page.input.section = pos::Section::automations;
  choose_capture(page);
  CHECK(page.reaction.commands.empty());
  REQUIRE(page.input.rules.change);
  CHECK(std::get<core::AskRules>(pos::wants(page.box.scene(), page.input).front()).rules.capture ==
        "at_order");
  using core::RuleVerb;
  page.box.found.rules =
      core::FoundRules{{{{uuid_of(1)}, "#1041", "", RuleVerb::capture, "placed", cents(6380)},
                        {{uuid_of(2)}, "#1047", "", RuleVerb::capture, "placed", cents(2000)}}};
  page.ui.draw(page.draw());
  CHECK(page.ui.shows("would capture 2 payments: €83.80"));
  page.ui.tap("Cancel", page.draw());
  CHECK(page.reaction.commands.empty());
  CHECK_FALSE(page.input.rules.is_open);
  choose_capture(page);
  page.ui.tap("Switch on", page.draw());
  REQUIRE(page.reaction.commands.size() == 1);
  CHECK(page.reaction.commands[0].get<core::ChangeSetting>().key == "rules.capture");
}

TEST_CASE("rules: one that would touch no order now is switched on without a question") {
  SettingsPage page;
  page.input.section = pos::Section::automations;
  page.box.found.rules.emplace();
  choose_capture(page);
  page.ui.draw(page.draw());
  REQUIRE(page.reaction.commands.size() == 1);
  CHECK_FALSE(page.input.rules.is_open);
}
