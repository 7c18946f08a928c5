"""The desk: built issues in the browser, with the receipt of everything that they quote."""
