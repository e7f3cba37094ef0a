#include "pos/screens/settings/signing_sheet.h"

#include <doctest/doctest.h>

#include <optional>

#include "pos/screens/settings/fiscal_sheet.h"
#include "tests/support/shop_scene.h"
#include "tests/support/ui_driver.h"

namespace {

// The assistant as it stands over the settings, from the tap that opens it.
struct SigningPage {
  test::ShopScene box;
  std::optional<pos::SigningSheetInput> input;
  pos::Reaction reaction;
  test::UiDriver ui;

  explicit SigningPage(const char* device) {
    box.till.settings.shop.country = "DE";
    box.till.settings.fiscal.device = device;
    pos::OpenedSigningSheet opened = pos::open_signing_sheet();
    input = std::move(opened.input);
    reaction = std::move(opened.reaction);
  }
  test::UiDriver::Draw draw() {
    return [this](pos::ui::Ui& on) {
      if (!input) return;
      const pos::ConnectTap tap = pos::draw(on, view(), input->face);
      pos::SheetResult result = pos::react(tap, box.scene(), *input);
      if (!result.reaction.is_empty()) reaction = std::move(result.reaction);
      if (result.is_closed) input.reset();
    };
  }
  void tap(const std::string& label) { ui.tap(label, draw()); }
  void enter(const std::string& text) {
    ui.type(text, draw());
    ui.draw(draw());
    CHECK_FALSE(ui.shows(text));
    ui.key(pos::ui::Key::enter, draw());
    ui.draw(draw());
  }
  void enter_twice(const std::string& text) {
    enter(text);
    enter(text);
  }
  pos::ConnectView view() { return pos::present(box.scene(), *input); }
  void answer(pos::TrialState state, const std::string& words = "", bool is_new = false) {
    box.devices.signing_found = {state, words, "Epson", std::string(64, 'b'), is_new, ""};
    ui.draw(draw());
  }
};

}  // namespace

TEST_CASE("signing sheet: a new device gets its PUK and PINs, each typed twice and never shown") {
  SigningPage page("epson");
  REQUIRE(page.reaction.signing);
  CHECK(page.reaction.signing->kind == pos::SigningWish::Kind::look);
  page.answer(pos::TrialState::running);
  CHECK(page.view().words == "Looking for the security device …");
  page.answer(pos::TrialState::good, "", true);
  page.tap("Next");
  page.tap("Set it up for the first time");
  page.enter("12345");  // a PUK has six
  CHECK(page.input->secrets[page.input->at] == pos::SigningSecret::puk);
  CHECK_FALSE(page.input->is_again);
  page.input->face.text = {};
  page.enter("123456");
  page.enter("123457");
  CHECK(page.view().text->explained == "The two were not the same: please type it again.");
  page.reaction = {};
  page.enter_twice("123456");
  page.enter_twice("11111");
  page.enter_twice("22222");
  REQUIRE(page.reaction.signing);
  CHECK(page.reaction.signing->kind == pos::SigningWish::Kind::set_up);
  CHECK(page.reaction.signing->setup.puk == "123456");
  CHECK(page.reaction.signing->setup.admin_pin == "11111");
  CHECK(page.reaction.signing->setup.time_admin_pin == "22222");
  // No command carries a PIN, for those stand in the journal; and nothing of it stays here.
  CHECK(page.reaction.commands.empty());
  CHECK(page.input->wish.setup.puk.empty());

  page.answer(pos::TrialState::bad,
              "The TSE does not accept this PIN, and two tries are left. It is not sent again.");
  CHECK(page.view().second ==
        "The TSE does not accept this PIN, and two tries are left. It is not sent again.");
  page.tap("Type again");
  CHECK(page.input->step == pos::SigningSheetStep::type);
  page.input->step = pos::SigningSheetStep::run;
  page.answer(pos::TrialState::good);
  CHECK(page.view().words == "The security device is ready");
  page.tap("Done");
  CHECK_FALSE(page.input);
}

TEST_CASE("signing sheet: a device that was set up asks for its PINs, or for the PUK") {
  SigningPage page("epson");
  page.answer(pos::TrialState::bad, "No TSE is found there: check that it sits in the printer.");
  CHECK(page.view().words == "The security device does not answer as it should");
  page.reaction = {};
  page.tap("Look again");
  CHECK(page.reaction.signing);
  page.answer(pos::TrialState::good);
  page.tap("Next");
  page.tap("Set new PINs with the PUK");
  page.enter_twice("123456");
  page.enter_twice("11111");
  page.enter_twice("22222");
  CHECK(page.reaction.signing->kind == pos::SigningWish::Kind::unblock);
}

TEST_CASE("signing sheet: fiskaly is asked for its keys, and shows a PUK once") {
  SigningPage page("fiskaly");
  page.answer(pos::TrialState::bad,
              "The ids of TSE and till, the API key and its secret are needed first.");
  page.tap("Next");
  page.tap("Enter API key and secret");
  page.enter_twice("key_of_fiskaly");
  page.enter_twice("secret_of_fiskaly");
  CHECK(page.reaction.signing->kind == pos::SigningWish::Kind::keep_keys);
  CHECK(page.reaction.signing->api_secret == "secret_of_fiskaly");
  page.answer(pos::TrialState::good);
  page.box.devices.signing_found.puk = "9876543210";
  CHECK(
      page.view().found.back() ==
      "PUK of the new TSE, which is shown now and never again: 9876543210. Please write it down.");
}

TEST_CASE("signing sheet: a device without secrets has nothing to set up") {
  test::ShopScene box;
  box.till.settings.fiscal.device = "software";
  CHECK(pos::present_fiscal(box.scene()).set_up.empty());
  box.till.settings.fiscal.device = "epson";
  CHECK_FALSE(pos::present_fiscal(box.scene()).set_up.empty());
}
